/** The templates that are too long for the table of inputs. */

export const DEFAULT_BODY = `{{ action }} **{{ name }}** {{#from}}{{ from }} → {{/from}}{{ version }}{{#skipped}}, skipped {{ skipped }}{{/skipped}}.
{{#origin.since}}
This is what {{#origin.environment}}{{ origin.environment }} holds since{{/origin.environment}}{{^origin.environment}}was here from{{/origin.environment}} {{ origin.since }}{{#origin.pull}} (pull request {{ origin.pull }}){{/origin.pull}}.
{{/origin.since}}
{{#reason}}

**Why:** {{ reason }}
{{/reason}}
{{#leftCount}}

**Left as it is:** {{ leftCount }} with another version.
{{/leftCount}}
{{#left}}
- {{ file }}:{{ line }} has {{ image }} {{ version }}: it {{ reason }}
{{/left}}
{{#rendered}}

{{ rendered }}
{{/rendered}}

| Image | Old | New | Step | Place |
| --- | --- | --- | --- | --- |
{{#changes}}
| {{ image }} | {{#from}}{{ from }}{{/from}}{{^from}}–{{/from}} | {{ to }}{{#note}} ({{ note }}){{/note}} | {{#from}}{{ bump }}{{/from}}{{^from}}–{{/from}} | {{ file }}:{{ line }} {{ where }} |
{{/changes}}
{{#contents.summary}}

**What is in it:** {{ contents.summary }}{{#contents.url}} ([compare]({{ contents.url }})){{/contents.url}}
{{/contents.summary}}
{{#commits}}
- {{ subject }} – {{ author }}, [{{ shortCommit }}]({{ url }}){{#pull}}, [pull request {{ pull }}]({{ pullUrl }}){{/pull}}
{{/commits}}

{{#source.commit}}
Built from {{#source.repository}}{{ source.repository }}@{{/source.repository}}{{#source.url}}[{{ source.shortCommit }}]({{ source.url }}){{/source.url}}{{^source.url}}{{ source.shortCommit }}{{/source.url}}{{^origin.since}}{{#run.url}} by [this run]({{ run.url }}){{/run.url}}{{#actor}}, started by {{ actor }}{{/actor}}{{/origin.since}}.
{{/source.commit}}
{{#origin.since}}
{{#run.url}}
Asked for by [this run]({{ run.url }}){{#actor}}, started by {{ actor }}{{/actor}}.
{{/run.url}}
{{/origin.since}}
`;

export const DEFAULT_COMMIT_MESSAGE = `{{ action }} {{ name }} {{ version }}
{{#reason}}

{{ reason }}
{{/reason}}

{{#changes}}
{{ file }}:{{ line }} {{ image }} {{#from}}{{ from }} -> {{/from}}{{ to }}{{#note}} ({{ note }}){{/note}}
{{/changes}}
`;
