/** The part of Bottleneck that Octokit's plugins use; its package describes only the whole. */
declare module 'bottleneck/light.js' {
  export { default } from 'bottleneck';
}
