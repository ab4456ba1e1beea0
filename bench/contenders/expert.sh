# Without history, and with only the folder that it knows. Knows the file.
set -euo pipefail
git clone --quiet --depth 1 --filter=blob:none --sparse \
  --config "http.extraHeader=$AUTHORIZATION" "$GITHUB_SERVER_URL/$REPOSITORY.git" manifests
cd manifests
git sparse-checkout set "$FOLDER"
git checkout --quiet -b "$BRANCH"
yq -i '(.images[] | select(.name == strenv(IMAGE))).newTag = strenv(TAG)' "$FILE"
git add .
git commit --quiet --message "Release $IMAGE $TAG"
git push --quiet origin "$BRANCH"
curl --silent --show-error --fail --output /dev/null --header "$AUTHORIZATION" \
  --data "{\"title\": \"Release $IMAGE $TAG\", \"head\": \"$BRANCH\", \"base\": \"main\"}" \
  "$GITHUB_API_URL/repos/$REPOSITORY/pulls"
