# What tutorials show. Knows the file.
set -euo pipefail
git clone --quiet \
  --config "http.extraHeader=$AUTHORIZATION" "$GITHUB_SERVER_URL/$REPOSITORY.git" manifests
cd manifests
git checkout --quiet -b "$BRANCH"
yq -i '(.images[] | select(.name == strenv(IMAGE))).newTag = strenv(TAG)' "$FILE"
git add .
git commit --quiet --message "Release $IMAGE $TAG"
git push --quiet --force origin "$BRANCH"
opened=$(gh pr list --head "$BRANCH" --json number --jq '.[].number')
[ -n "$opened" ] || gh pr create --head "$BRANCH" --title "Release $IMAGE $TAG" --body ""
