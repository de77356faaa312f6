// SPDX-License-Identifier: Apache-2.0
#include "sw/cli/preprocess_options.h"

#include <fmt/format.h>

#include <cstddef>
#include <vector>

#include "sw/cli/option_values.h"
#include "sw/data/preprocess_file.h"
#include "sw/format/errors.h"

namespace airnn {

namespace {

// The bounds of the same keys in a file.
constexpr double kTiny = 1e-9;
constexpr double kHuge = 1e9;

std::vector<double> per_channel(const std::string& option, const std::string& text, double min,
                                std::int32_t channels) {
  std::vector<double> numbers = real_list_option(option, text, min, kHuge);
  const auto count = static_cast<std::size_t>(channels);
  if (numbers.size() == 1) {
    numbers.assign(count, numbers.front());
  }
  if (numbers.size() != count) {
    throw UserError(fmt::format("{}: {} numbers; expected 1 or {}, one per channel of the input",
                                option, numbers.size(), count));
  }
  return numbers;
}

}  // namespace

void PreprocessOptions::add_to(Options& app) {
  const std::string group = "Preprocessing (input = (pixel * scale - mean) / std)";
  app.add_option("--preprocess", file_,
                 "File with a section 'preprocess'; without it the .yaml beside the model, if any")
      ->type_name("FILE.yaml")
      ->group(group);
  app.add_option("--scale", scale_, "Factor of a pixel (0..255)")->type_name("X")->group(group);
  app.add_option("--mean", mean_, "One number, or one per channel")
      ->type_name("X,..")
      ->group(group);
  app.add_option("--std", deviation_, "One number, or one per channel")
      ->type_name("X,..")
      ->group(group);
}

Preprocess PreprocessOptions::read(const std::string& model_path, std::int32_t channels) const {
  const std::string path = file(model_path);
  Preprocess rule =
      path.empty() ? default_preprocess(channels) : read_preprocess_yaml(path, channels);
  if (!scale_.empty()) {
    rule.scale = per_channel("--scale", scale_, kTiny, 1).front();
  }
  if (!mean_.empty()) {
    rule.mean = per_channel("--mean", mean_, -kHuge, channels);
  }
  if (!deviation_.empty()) {
    rule.deviation = per_channel("--std", deviation_, kTiny, channels);
  }
  return rule;
}

std::string PreprocessOptions::file(const std::string& model_path) const {
  return file_.empty() ? preprocess_file_beside(model_path) : file_;
}

}  // namespace airnn
