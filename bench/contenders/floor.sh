# The limit: the git commands of the Action and one API request, by a shell that knows file and line and proves nothing.
set -euo pipefail
git clone --quiet --bare --depth 1 --single-branch --no-tags --template= --filter=blob:limit=5m \
  --config "http.extraHeader=$AUTHORIZATION" "$GITHUB_SERVER_URL/$REPOSITORY.git" manifests.git
cd manifests.git
git grep --threads 1 -l -w -F -e "${IMAGE#*/}" main >found
git cat-file blob "main:$FILE" | sed "${LINE}s/[^ ]*\$/$TAG/" >changed
git fast-import --quiet <<END
commit refs/heads/$BRANCH
committer $GIT_COMMITTER_NAME <$GIT_COMMITTER_EMAIL> $(date +%s) +0000
data <<MESSAGE
Release $IMAGE $TAG
MESSAGE
from refs/heads/main^0
M 100644 inline $FILE
data $(stat --format %s changed)
$(cat changed)

END
git push --quiet origin "$BRANCH"
curl --silent --show-error --fail --output /dev/null --header "$AUTHORIZATION" \
  --data "{\"title\": \"Release $IMAGE $TAG\", \"head\": \"$BRANCH\", \"base\": \"main\"}" \
  "$GITHUB_API_URL/repos/$REPOSITORY/pulls"
