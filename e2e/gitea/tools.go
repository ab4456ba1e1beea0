//go:build tools

// Package gitea keeps the requirement of the server that the tests build.
package gitea

import _ "code.gitea.io/gitea"
