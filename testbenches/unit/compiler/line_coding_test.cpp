// SPDX-License-Identifier: Apache-2.0
#include "sw/compiler/line_coding.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <random>

#include "sw/compiler/image_builder.h"
#include "sw/format/encoding/line_encoding.h"
#include "sw/format/errors.h"
#include "testbenches/support/effort.h"
#include "testbenches/unit/compiler/test_models.h"

namespace airnn::test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::StartsWith;

std::vector<std::uint32_t> lengths(const std::vector<LineSegment>& segments) {
  std::vector<std::uint32_t> found;
  for (const LineSegment& segment : segments) {
    found.push_back(segment.length);
  }
  return found;
}

std::vector<LineSegment> fit(const std::vector<std::int32_t>& weights, const LineFitting& fitting) {
  return fit_lines(weights.data(), weights.size(), fitting);
}

/// By definition: of lines that pass all of them one passes two bounds.
bool has_line(const std::vector<std::int32_t>& weights, std::size_t begin, std::size_t end,
              double tolerance) {
  const auto passes = [&](double start, double slope) {
    for (std::size_t i = begin; i < end; ++i) {
      const double at = start + slope * static_cast<double>(i - begin);
      if (std::abs(at - static_cast<double>(weights[i])) > tolerance * (1 + 1e-12) + 1e-9) {
        return false;
      }
    }
    return true;
  };
  if (end - begin < 3) {
    return true;
  }
  for (std::size_t i = begin; i < end; ++i) {
    for (std::size_t j = i + 1; j < end; ++j) {
      for (const double a : {-tolerance, tolerance}) {
        for (const double b : {-tolerance, tolerance}) {
          const double rise =
              static_cast<double>(weights[j]) + b - static_cast<double>(weights[i]) - a;
          const double slope = rise / static_cast<double>(j - i);
          const double start =
              static_cast<double>(weights[i]) + a - slope * static_cast<double>(i - begin);
          if (passes(start, slope)) {
            return true;
          }
        }
      }
    }
  }
  return false;
}

std::size_t fewest_lines(const std::vector<std::int32_t>& weights, double tolerance) {
  std::vector<std::size_t> fewest(weights.size() + 1, 0);
  for (std::size_t end = 1; end <= weights.size(); ++end) {
    fewest[end] = end;
    for (std::size_t begin = 0; begin < end; ++begin) {
      if (fewest[begin] + 1 < fewest[end] && has_line(weights, begin, end, tolerance)) {
        fewest[end] = fewest[begin] + 1;
      }
    }
  }
  return fewest.back();
}

std::vector<std::int32_t> random_weights(std::size_t count, std::int32_t most,
                                         std::mt19937_64& random) {
  std::vector<std::int32_t> weights(count);
  std::normal_distribution<double> normal(0, most / 3.0);
  for (std::int32_t& weight : weights) {
    weight = static_cast<std::int32_t>(
        std::clamp(normal(random), -static_cast<double>(most), static_cast<double>(most)));
  }
  return weights;
}

TEST(LineFitting, FindsTheFewestLines) {
  std::mt19937_64 random(21);
  for (unsigned round = 0; round < drawn_cases(40); ++round) {
    const std::vector<std::int32_t> weights = random_weights(24, 30000, random);
    // So wide that no line ends early because of its rounding.
    const double tolerance = 500.0 * static_cast<double>(1 + random() % 20);
    const LineFitting fitting = {LineRule::bound, tolerance, kLongestSegment, {2, 2}};
    EXPECT_EQ(fit(weights, fitting).size(), fewest_lines(weights, tolerance));
  }
}

TEST(LineFitting, KeepsEveryWeightWithinTheToleranceAndThreeUnits) {
  std::mt19937_64 random(22);
  for (unsigned round = 0; round < drawn_cases(300); ++round) {
    const CrsWidths widths = {1 << random() % 3, 2};
    const std::int32_t most = widths.value_bytes == 1   ? 127
                              : widths.value_bytes == 2 ? 32767
                                                        : 2147483647;
    std::vector<std::int32_t> weights = random_weights(200, most, random);
    if (round % 3 == 0) {  // nothing but the largest steps
      for (std::int32_t& weight : weights) {
        weight = random() % 2 == 0 ? most : -most - 1;
      }
    }
    const double tolerance =
        round % 4 == 0 ? 0 : most / 100.0 * static_cast<double>(random() % 101);
    const LineFitting fitting = {LineRule::bound, tolerance, 1 + random() % 256, widths};
    const std::vector<LineSegment> segments = fit(weights, fitting);
    const std::vector<std::int32_t> words = line_weights(segments, widths);
    ASSERT_EQ(words.size(), weights.size());
    for (std::size_t i = 0; i < words.size(); ++i) {
      ASSERT_LE(std::abs(static_cast<double>(words[i]) - static_cast<double>(weights[i])),
                tolerance + 3 * fitting.unit());
    }
    for (const LineSegment& segment : segments) {
      ASSERT_LE(segment.length, fitting.longest);
    }
  }
}

TEST(LineFitting, EndsWhereTheRuleSays) {
  const auto monotonic = [](const std::vector<std::int32_t>& weights, double tolerance) {
    return lengths(fit(weights, {LineRule::monotonic, tolerance, kLongestSegment, {2, 2}}));
  };
  EXPECT_THAT(monotonic({1, 3, 5, 4, 2, 2, 9}, 0), ElementsAre(3, 3, 1));
  EXPECT_THAT(monotonic({1, 3, 5, 4, 2, 2, 9}, 1), ElementsAre(4, 3));
  EXPECT_THAT(monotonic({1, 3, 5, 4, 2, 2, 9}, 2), ElementsAre(7));
  EXPECT_THAT(lengths(fit({0, 10, 20, 30, 41}, {LineRule::bound, 0, kLongestSegment, {2, 2}})),
              ElementsAre(4, 1));
  const std::vector<std::int32_t> constant(300, 5);
  EXPECT_THAT(lengths(fit(constant, {LineRule::bound, 0, kLongestSegment, {2, 2}})),
              ElementsAre(256, 44));
  EXPECT_THAT(lengths(fit(constant, {LineRule::monotonic, 0, 16, {2, 2}})),
              testing::Each(testing::Le(16U)));
}

TEST(LineFitting, TakesTheLineOfLeastSquares) {
  // 4, 10, 4, 10: mean 7, slope 1.2; four weights: the slope's unit is a start.
  const std::vector<LineSegment> found =
      fit({400, 1000, 400, 1000}, {LineRule::bound, 400, kLongestSegment, {2, 2}});
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].start, 520);
  EXPECT_EQ(found[0].slope, 120);
}

CompileOptions line_options(unsigned seed) {
  CompileOptions options = options_with("5");
  options.precision = seed / 3 % 3 == 0 ? 32 : (seed / 3 % 3 == 1 ? 16 : 8);
  options.scheme = static_cast<Scheme>(seed % 3);
  options.weights = WeightForm::line;
  options.lines.delta = static_cast<double>(seed * 7 % 16);
  options.lines.rule = seed % 4 == 3 ? LineRule::monotonic : LineRule::bound;
  options.lines.range = seed % 2 == 0 ? LineRange::layer : LineRange::kernel;
  return options;
}

MemoryImage image_of_plain(const Model& model, CompileOptions options) {
  options.weights = WeightForm::plain;
  return MemoryImage::parse(compile(model, options).image, "plain");
}

/// The reader's weights against the same network's without lines.
TEST(LineCoding, ImagesAreWithinTheToleranceOfPlainOnes) {
  for (unsigned seed = 0; seed < drawn_cases(12); ++seed) {
    const Model model = every_layer(seed);
    CompileOptions options = line_options(seed);
    options.lines.rule = LineRule::bound;
    options.scheme = Scheme::base;
    const MemoryImage image = MemoryImage::parse(compile(model, options).image, "lines");
    const MemoryImage plain = image_of_plain(model, options);
    const double unit = std::ldexp(1.0, line_shift(image.info().widths));
    for (std::uint16_t l = 0; l < image.network().layers.size(); ++l) {
      const Layer& layer = plain.network().layers[l];
      const std::vector<std::int32_t> due = plain.dense_weights(l);
      const std::vector<std::int32_t> found = image.dense_weights(l);
      ASSERT_EQ(found.size(), due.size());
      // Sums of lines may need a bit that plain weights do not.
      const double scale = std::ldexp(1.0, image.network().layers[l].weight_format.fraction_bits -
                                               layer.weight_format.fraction_bits);
      for (std::size_t i = 0; i < found.size(); ++i) {
        const auto step = static_cast<std::ptrdiff_t>(options.lines.range == LineRange::kernel
                                                          ? static_cast<std::size_t>(layer.columns)
                                                          : due.size());
        const auto begin = due.begin() + static_cast<std::ptrdiff_t>(i) / step * step;
        const auto [low, high] = std::minmax_element(begin, begin + step);
        const double range = static_cast<double>(*high) - static_cast<double>(*low);
        ASSERT_LE(std::abs(static_cast<double>(found[i]) - scale * static_cast<double>(due[i])),
                  scale * options.lines.delta / 100 * range + 3 * unit + 2)
            << "seed " << seed << ", layer " << l << ", weight " << i;
      }
    }
  }
}

TEST(LineCoding, ReportsWhatTheImageHolds) {
  for (unsigned seed = 0; seed < drawn_cases(12); ++seed) {
    const Model model = every_layer(seed);
    const CompileOptions options = line_options(seed);
    const CompileResult result = compile(model, options);
    const MemoryImage image = MemoryImage::parse(result.image, "lines");
    std::int64_t segments = 0;
    for (const Section& section : image.sections()) {
      if (section.kind == SectionKind::line_dense || section.kind == SectionKind::line_value) {
        segments += static_cast<std::int64_t>(section.bytes / segment_bytes(image.info().widths));
      }
    }
    std::int64_t reported = 0;
    for (const LayerReport& layer : result.report.layers) {
      ASSERT_TRUE(layer.lines.has_value());
      reported += layer.lines->segments;
      EXPECT_LE(layer.lines->root_mean_square(), layer.lines->largest_error);
    }
    EXPECT_EQ(reported, segments);
    EXPECT_GT(segments, 0);
  }
}

TEST(LineCoding, ProofFindsAWeightThatIsNotTheOneThatWasMeant) {
  const Model model = every_layer(2);
  CompileOptions options = line_options(0);
  const MemoryImage image = MemoryImage::parse(compile(model, options).image, "lines");
  Network network = image.network();
  const BatchPlan plan;
  ImageInfo info = image.info();
  NetworkLines lines = code_lines(network, model.parameters, info, plan, options.lines, 1);
  prove_lines(image, model.parameters, plan, options.lines, lines);
  for (LayerLines& layer : lines) {
    if (!layer.matrix.words.empty()) {
      layer.matrix.words.back() += 1 << 24;
      break;
    }
  }
  EXPECT_THROW(prove_lines(image, model.parameters, plan, options.lines, lines), std::logic_error);
  // And one that is too far away.
  lines = code_lines(network, model.parameters, info, plan, options.lines, 1);
  LineOptions narrow = options.lines;
  narrow.delta = 0;
  options.lines.delta = 20;
  const MemoryImage wide = MemoryImage::parse(compile(model, options).image, "wide");
  Network wide_network = wide.network();
  lines = code_lines(wide_network, model.parameters, info, plan, options.lines, 1);
  EXPECT_THROW(prove_lines(wide, model.parameters, plan, narrow, lines), std::logic_error);
}

std::string refusal(const Model& model, const CompileOptions& options) {
  try {
    compile(model, options);
  } catch (const UserError& error) {
    return error.what();
  }
  return "taken";
}

TEST(LineCoding, RefusesWhatDoesNotGoTogether) {
  const Model model = every_layer(5);
  CompileOptions options;
  options.scheme = Scheme::base;
  options.weights = WeightForm::line;
  EXPECT_EQ(refusal(model, options), "taken");
  options.lines.delta = 101;
  EXPECT_EQ(refusal(model, options), "--delta: 101; expected a percentage, 0 to 100");
  options.lines.delta = std::nan("");
  EXPECT_THAT(refusal(model, options), StartsWith("--delta: "));
  options.lines.delta = 1;
  options.bins = 4;
  EXPECT_THAT(refusal(model, options), StartsWith("--weights: a line has no bins"));
  options.bins = 0;
  options.lines.layers = {"nonsense"};
  EXPECT_THAT(refusal(model, options), HasSubstr("--line-layers: "));
  options.lines.layers = {"all", "largest"};
  EXPECT_EQ(refusal(model, options), "--line-layers: 'all' stands alone");
}

}  // namespace
}  // namespace airnn::test
