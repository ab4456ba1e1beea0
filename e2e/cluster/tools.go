//go:build tools

// Package cluster keeps the requirement of the server that the tests build.
package cluster

import _ "k8s.io/kubernetes/cmd/kube-apiserver"
