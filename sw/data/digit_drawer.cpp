// SPDX-License-Identifier: Apache-2.0
#include "sw/data/digit_drawer.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numeric>
#include <string>
#include <vector>

#include "sw/data/digit_raster.h"
#include "sw/data/digit_strokes.h"
#include "sw/data/pen.h"
#include "sw/data/random_source.h"
#include "sw/format/errors.h"

namespace airnn {

namespace {

constexpr int kDigits = 10;
// Orders of labels and drawings come from different streams of the seed.
constexpr std::uint64_t kOrderStreams = std::uint64_t{1} << 63;

std::vector<std::int32_t> shuffled_labels(int count, std::uint64_t seed) {
  std::vector<std::int32_t> labels;
  for (std::uint64_t ten = 0; labels.size() < static_cast<std::size_t>(count); ++ten) {
    std::vector<std::int32_t> order(kDigits);
    std::iota(order.begin(), order.end(), 0);
    RandomSource random(seed, kOrderStreams + ten);
    random.shuffle(order);
    labels.insert(labels.end(), order.begin(), order.end());
  }
  labels.resize(static_cast<std::size_t>(count));
  return labels;
}

const DigitForm& choose_form(int digit, RandomSource& random) {
  const std::vector<DigitForm>& forms = digit_forms(digit);
  double total = 0.0;
  for (const DigitForm& form : forms) {
    total += form.share;
  }
  double left = random.uniform(0.0, total);
  for (const DigitForm& form : forms) {
    left -= form.share;
    if (left < 0.0) {
      return form;
    }
  }
  return forms.back();
}

void draw_digit(int digit, RandomSource& random, std::vector<std::uint8_t>& pixels) {
  std::vector<InkLine> lines = write_form(choose_form(digit, random), random);
  // MNIST centres by whole pixels, which leaves up to half a pixel of offset.
  const double right = random.uniform(-0.5, 0.5);
  const double down = random.uniform(-0.5, 0.5);
  shift(lines, right, down);
  const DigitCoverage sharp = draw_lines(lines, random.uniform(0.7, 1.2));
  const DigitCoverage image = blur(sharp, random.uniform(0.0, 0.3));
  const double ink = random.uniform(1.0, 1.25);
  for (const double coverage : image) {
    // Paper stays clean; only ink has grain.
    const double grain = coverage > 0.0 ? 1.0 + 0.03 * random.normal() : 0.0;
    pixels.push_back(static_cast<std::uint8_t>(
        std::floor(std::clamp(255.0 * ink * coverage * grain, 0.0, 255.0) + 0.5)));
  }
}

}  // namespace

LabelledSet draw_digits(int count, std::uint64_t seed) {
  if (count < 1) {
    throw DataError(fmt::format("{} digits to draw, expected at least 1", count));
  }
  LabelledSet set;
  set.labels = shuffled_labels(count, seed);
  set.images.name = fmt::format("digits drawn with seed {}", seed);
  set.images.count = count;
  set.images.channels = 1;
  set.images.height = kDigitSide;
  set.images.width = kDigitSide;
  set.images.pixels.reserve(static_cast<std::size_t>(count) * kDigitPixels);
  for (std::size_t i = 0; i < set.labels.size(); ++i) {
    RandomSource random(seed, i);
    draw_digit(set.labels[i], random, set.images.pixels);
  }
  return set;
}

}  // namespace airnn
