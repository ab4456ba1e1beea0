# As careful.sh, with kustomize to edit. Knows the file.
set -euo pipefail
git clone --quiet --depth 1 \
  --config "http.extraHeader=$AUTHORIZATION" "$GITHUB_SERVER_URL/$REPOSITORY.git" manifests
cd manifests
git checkout --quiet -b "$BRANCH"
(cd "$(dirname "$FILE")" && kustomize edit set image "$IMAGE:$TAG")
git add .
git commit --quiet --message "Release $IMAGE $TAG"
git push --quiet origin "$BRANCH"
curl --silent --show-error --fail --output /dev/null --header "$AUTHORIZATION" \
  --data "{\"title\": \"Release $IMAGE $TAG\", \"head\": \"$BRANCH\", \"base\": \"main\"}" \
  "$GITHUB_API_URL/repos/$REPOSITORY/pulls"
