// SPDX-License-Identifier: Apache-2.0
#include "testbenches/oracle/import_check.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>
#include <stdexcept>

#include "sw/compiler/image_builder.h"
#include "sw/golden/fixed_inference.h"
#include "sw/golden/float_inference.h"
#include "sw/model/onnx_reader.h"
#include "testbenches/oracle/evaluator.h"
#include "testbenches/support/temporary_file.h"

namespace airnn::test {
namespace {

std::vector<double> draw_input(std::int64_t elements, std::uint32_t seed) {
  std::mt19937 random(seed);
  std::vector<double> input(static_cast<std::size_t>(elements));
  for (double& value : input) {
    value = (static_cast<double>(random() % 257) - 128.0) / 128.0;
  }
  return input;
}

template <typename Elements>
double difference(const Elements& found, const std::vector<double>& expected) {
  if (found.size() != expected.size()) {
    throw std::runtime_error("result has " + std::to_string(found.size()) + " elements, not " +
                             std::to_string(expected.size()));
  }
  double largest = 0;
  for (std::size_t i = 0; i < found.size(); ++i) {
    const double here = std::abs(static_cast<double>(found[i]) - expected[i]);
    largest = std::isnan(here) ? std::numeric_limits<double>::infinity() : std::max(largest, here);
    if (std::isinf(largest)) {
      break;
    }
  }
  return largest;
}

std::vector<double> run_in_float(const Model& model, const std::vector<double>& input) {
  const auto result =
      golden::FloatInference(model).run(std::vector<float>(input.begin(), input.end()));
  return model.network.has_softmax
             ? result.probabilities
             : std::vector<double>(result.logits().begin(), result.logits().end());
}

template <typename Integers>
std::vector<double> real_numbers(const Integers& integers, std::int32_t fraction_bits) {
  std::vector<double> numbers;
  for (const auto integer : integers) {
    numbers.push_back(std::ldexp(static_cast<double>(integer), -fraction_bits));
  }
  return numbers;
}

std::vector<double> run_in_fixed(const Model& model, const std::vector<double>& input) {
  CompileOptions options;
  options.scheme = Scheme::base;
  const auto channels = static_cast<std::size_t>(model.network.input.channels);
  options.preprocess.scale = 1 / 127.5;  // pixels become -1 to 1
  options.preprocess.mean.assign(channels, 1.0);
  options.preprocess.deviation.assign(channels, 1.0);
  options.threads = 1;
  const golden::FixedInference inference(
      MemoryImage::parse(compile(model, options).image, "imported network"));
  const std::int32_t fraction = inference.network().input_format.fraction_bits;
  std::vector<std::int32_t> integers;
  for (const double value : input) {
    integers.push_back(static_cast<std::int32_t>(std::ldexp(value, fraction)));
  }
  const golden::Inference result = inference.run(integers, 1);
  constexpr std::int32_t probability_bits = 31;
  return model.network.has_softmax
             ? real_numbers(result.probabilities, probability_bits)
             : real_numbers(result.outputs.back(),
                            inference.network().output_layer().output_format.fraction_bits);
}

}  // namespace

Deviation check_import(const std::string& path, std::uint32_t seed, double floor) {
  const Model model = read_onnx(path);
  const std::vector<double> input = draw_input(model.network.input.size(), seed);
  const std::vector<double> expected = oracle::Evaluator::of_file(path).run(input).values;
  Deviation deviation;
  for (const double value : expected) {
    deviation.magnitude = std::max(deviation.magnitude, std::abs(value));
  }
  const double scale = std::max(deviation.magnitude, floor);
  deviation.in_float = difference(run_in_float(model, input), expected) / scale;
  deviation.in_fixed = difference(run_in_fixed(model, input), expected) / scale;
  return deviation;
}

Deviation check_import_of_bytes(const std::string& bytes, std::uint32_t seed, double floor) {
  return check_import(TemporaryFile(bytes, ".onnx").path(), seed, floor);
}

}  // namespace airnn::test
