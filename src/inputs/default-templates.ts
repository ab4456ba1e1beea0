/** The templates that are too long for the table of inputs. */

const DECISION = `{{ action }} **{{ name }}** {{#from}}{{ from }} → {{/from}}{{ version }}{{#from}}{{#step}} ({{ step }}){{/step}}{{/from}}{{#environment}} in {{ environment }}{{/environment}}: {{ placeCount }}{{#skipped}}, skipped {{ skipped }}{{/skipped}}.
{{#origin.since}}
{{#origin.environment}}In {{ origin.environment }} since {{ origin.since }}{{#origin.age}}, for {{ origin.age }}{{/origin.age}}{{/origin.environment}}{{^origin.environment}}Deployed before from {{ origin.since }}{{/origin.environment}}{{#origin.pull}} ({{#origin.pullUrl}}[pull request {{ origin.pull }}]({{ origin.pullUrl }}){{/origin.pullUrl}}{{^origin.pullUrl}}pull request {{ origin.pull }}{{/origin.pullUrl}}){{/origin.pull}}.
{{/origin.since}}
{{#reason}}

**Why:** {{ reason }}
{{/reason}}
`;

const IMAGES = `
| Image | From | To | Step | Places |{{#checked}} Registry | Built by |{{/checked}}
| --- | --- | --- | --- | --: |{{#checked}} --- | --- |{{/checked}}
{{#imageChanges}}
| {{ image }} | {{#from}}{{ from }}{{/from}}{{^from}}–{{/from}} | **{{ to }}** | {{#step}}{{ step }}{{/step}}{{^step}}–{{/step}} | {{ places }} |{{#checked}} {{ registry }} | {{ builtBy }} |{{/checked}}
{{/imageChanges}}
{{#imagesMore}}

and {{ imagesMore }} more images
{{/imagesMore}}
{{#unchecked}}

Not checked in the registry: {{ unchecked }}
{{/unchecked}}
`;

const CONTENTS = `{{#contents.summary}}

**What is in it:** {{ contents.summary }}{{#contents.url}} ([compare]({{ contents.url }})){{/contents.url}}

{{/contents.summary}}
{{#commits}}
- {{#mark}}**{{ mark }}:** {{/mark}}{{ subject }} – {{ author }}, [{{ shortCommit }}]({{ url }}){{#pull}}, [pull request {{ pull }}]({{ pullUrl }}){{/pull}}
{{/commits}}
{{#commitsMore}}
- and {{ commitsMore }} more
{{/commitsMore}}
`;

const PLACES = `
{{#placesFolded}}
{{#details}}
<details><summary>{{ placeCount }}</summary>

{{/details}}
{{/placesFolded}}
{{^placesFolded}}
**Where**

{{/placesFolded}}
{{#places}}
- {{ file }}:{{ line }} {{ where }}: {{ image }} {{#from}}{{ from }} → {{/from}}{{ to }}{{#note}} ({{ note }}){{/note}}
{{/places}}
{{#placesMore}}
- and {{ placesMore }} more, which the diff shows
{{/placesMore}}
{{#placesFolded}}
{{#details}}

</details>
{{/details}}
{{/placesFolded}}
{{#leftCount}}

**Left as it is:** {{ leftCount }} with another version.

{{/leftCount}}
{{#left}}
- {{ file }}:{{ line }} has {{ image }} {{ version }}: it {{ reason }}
{{/left}}
{{#leftMore}}
- and {{ leftMore }} more, which the log of the run shows
{{/leftMore}}
`;

const ORIGIN = `
{{#source.commit}}
Built from {{#source.repository}}{{ source.repository }}@{{/source.repository}}{{#source.url}}[{{ source.shortCommit }}]({{ source.url }}){{/source.url}}{{^source.url}}{{ source.shortCommit }}{{/source.url}}{{^origin.since}}{{#run.url}} by [this run]({{ run.url }}){{/run.url}}{{#actor}}, started by {{ actor }}{{/actor}}{{/origin.since}}.
{{/source.commit}}
{{#origin.since}}
{{#run.url}}
Asked for by [this run]({{ run.url }}){{#actor}}, started by {{ actor }}{{/actor}}.
{{/run.url}}
{{/origin.since}}
{{#goBack.command}}
To go back after the merge: {{ goBack.command }}
{{/goBack.command}}
`;

const HELP = `
{{#details}}
<details><summary>About this pull request</summary>

{{/details}}
- manifest-release-pr opened it after an image build, and keeps it up to date while it is open.
- Merging it changes the manifests; the agent in the cluster deploys them.
- Closing it without merging declines this version: it is not proposed again, a newer one is.
- Commits that you add to its branch stay, and so does text above and below this part.
- A build that is older than what is deployed or proposed is skipped.
{{#details}}

</details>
{{/details}}
`;

const CLUSTER = `{{#rendered}}

{{ rendered }}
{{/rendered}}
`;

export const DEFAULT_BODY = DECISION + IMAGES + CONTENTS + CLUSTER + PLACES + ORIGIN + HELP;

export const DEFAULT_COMMIT_MESSAGE = `{{ action }} {{ name }} {{ version }}
{{#reason}}

{{ reason }}
{{/reason}}

{{#changes}}
{{ file }}:{{ line }} {{ image }} {{#from}}{{ from }} -> {{/from}}{{ to }}{{#note}} ({{ note }}){{/note}}
{{/changes}}
`;
