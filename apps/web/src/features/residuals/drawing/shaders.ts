/** A rectangle of the canvas, in its pixels from the upper left; the fragment shader is told where in the tile it is, 0…1. */
export const vertexShader = `#version 300 es
uniform vec4 rectangle;
uniform vec2 canvas;
out highp vec2 place;
void main() {
  place = vec2(gl_VertexID & 1, gl_VertexID >> 1);
  vec2 at = mix(rectangle.xy, rectangle.zw, place) / canvas;
  gl_Position = vec4(2.0 * at.x - 1.0, 1.0 - 2.0 * at.y, 0.0, 1.0);
}`;

/**
 * The colour of a block's value: on a scale, or of the mask at a threshold. Where several blocks fall on a pixel their colours are mixed, as a canvas
 * does with a painted tile. The value itself is never interpolated.
 */
export const fragmentShader = `#version 300 es
precision highp float;
precision highp sampler2D;
in highp vec2 place;
out vec4 colour;
uniform sampler2D values;
uniform sampler2D truth;
uniform sampler2D scale;
uniform ivec2 size;
uniform bool smoothly;
uniform bool asMask;
uniform bool outlined;
uniform bool good;
uniform float threshold;
uniform vec2 range;
uniform vec4 found;
uniform vec4 falsely;
uniform vec4 missed;

vec4 ofBlock(ivec2 block) {
  ivec2 at = clamp(block, ivec2(0), size - 1);
  float value = texelFetch(values, at, 0).r;
  if (!asMask) {
    float position = (value - range.x) * (255.0 / (range.y - range.x));
    int index = position >= 255.0 ? 255 : position > 0.0 ? int(position + 0.5) : 0;
    return texelFetch(scale, ivec2(index, 0), 0);
  }
  bool defect = outlined ? texelFetch(truth, at, 0).r > 0.0 : !good;
  if (value >= threshold) return defect ? found : falsely;
  return outlined && defect ? missed : vec4(0.0);
}

void main() {
  vec2 at = place * vec2(size);
  if (!smoothly) {
    colour = ofBlock(ivec2(floor(at)));
    return;
  }
  at -= 0.5;
  ivec2 first = ivec2(floor(at));
  vec2 share = fract(at);
  vec4 upper = mix(ofBlock(first), ofBlock(first + ivec2(1, 0)), share.x);
  vec4 lower = mix(ofBlock(first + ivec2(0, 1)), ofBlock(first + ivec2(1, 1)), share.x);
  colour = mix(upper, lower, share.y);
}`;
