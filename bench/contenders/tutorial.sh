# What tutorials show. Knows the file.
set -euo pipefail
git clone --quiet \
  --config "http.extraHeader=$AUTHORIZATION" "$GITHUB_SERVER_URL/$REPOSITORY.git" manifests
cd manifests
git checkout --quiet -b "$BRANCH"
yq -i '(.images[] | select(.name == strenv(IMAGE))).newTag = strenv(TAG)' "$FILE"
git add .
git commit --quiet --message "Release $IMAGE $TAG"
git push --quiet origin "$BRANCH"
curl --silent --show-error --fail --output /dev/null --header "$AUTHORIZATION" \
  --data "{\"title\": \"Release $IMAGE $TAG\", \"head\": \"$BRANCH\", \"base\": \"main\"}" \
  "$GITHUB_API_URL/repos/$REPOSITORY/pulls"
