/** The picture of the comparison: time against files, one line a contender. */
import { LineChart } from 'echarts/charts';
import { GridComponent, TitleComponent } from 'echarts/components';
import * as echarts from 'echarts/core';
import { LabelLayout } from 'echarts/features';
import { SVGRenderer } from 'echarts/renderers';
import { CONTENDERS } from './contenders.ts';
import { count } from './markdown.ts';
import type { Comparison } from './releases.ts';
import { median } from './statistics.ts';

const SIZE = { width: 860, height: 480 };
/** Okabe and Ito's colours, which people who see few colours tell apart. */
const COLOURS = ['#D55E00', '#E69F00', '#0072B2', '#56B4E9', '#009E73', '#CC79A7', '#777777'];

/** An SVG of the medians, both axes logarithmic. */
export function plotTimes(comparisons: ReadonlyMap<number, Comparison>): string {
  echarts.use([LineChart, GridComponent, TitleComponent, LabelLayout, SVGRenderer]);
  const chart = echarts.init(null, null, { renderer: 'svg', ssr: true, ...SIZE });
  const series = CONTENDERS.map(({ name }, index) => ({
    name,
    type: 'line' as const,
    data: [...comparisons].flatMap(([files, { [name]: measured }]) =>
      measured ? [[files, median(measured.timings.map(({ wall }) => wall))]] : [],
    ),
    color: COLOURS[index] ?? '#000',
    lineStyle: {
      width: name.startsWith('ours') ? 4 : 2,
      type: name === 'floor' ? ('dashed' as const) : ('solid' as const),
    },
    symbolSize: 7,
    endLabel: { show: true, formatter: name.replaceAll('`', ''), color: 'inherit', fontSize: 14, distance: 10 },
    labelLayout: { moveOverlap: 'shiftY' as const },
  }));
  const axis = { type: 'log' as const, nameLocation: 'middle' as const, minorSplitLine: { show: true } };
  chart.setOption({
    animation: false,
    backgroundColor: '#fff',
    title: { text: 'Seconds of one release, against the files of the repository', left: 'center' },
    grid: { left: 70, right: 150, top: 50, bottom: 60 },
    xAxis: { ...axis, min: 'dataMin', name: 'files', nameGap: 35, axisLabel: { formatter: count } },
    yAxis: { ...axis, name: 'seconds', nameGap: 45 },
    series,
  });
  const svg = chart.renderToSVGString();
  chart.dispose();
  return svg;
}
