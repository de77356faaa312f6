// SPDX-License-Identifier: Apache-2.0
#include "sw/data/preprocess_file.h"

#include <fmt/format.h>

#include <cstddef>
#include <filesystem>
#include <vector>

#include "sw/config/config_document.h"
#include "sw/config/config_reader.h"

namespace airnn {

namespace {

// Wide enough for any sane file; what lies beyond is a slip of the keyboard.
constexpr double kTiny = 1e-9;
constexpr double kHuge = 1e9;

std::vector<double> per_channel(const ConfigReader& reader, const char* key, double low,
                                std::int32_t channels, double fallback) {
  const std::vector<double> numbers = reader.doubles(key, low, kHuge);
  const auto count = static_cast<std::size_t>(channels);
  if (!reader.has(key)) {
    return std::vector<double>(count, fallback);
  }
  if (numbers.size() == 1) {
    return std::vector<double>(count, numbers[0]);
  }
  if (numbers.size() != count) {
    reader.fail(key, fmt::format("expected 1 or {} numbers (one per channel), found {}", count,
                                 numbers.size()));
  }
  return numbers;
}

void check_channels(const ConfigReader& reader, std::int32_t channels) {
  constexpr std::int32_t kUnsaid = 0;
  const std::int32_t said = reader.enum_or<std::int32_t>(
      "channels", kUnsaid, {{"any", kUnsaid}, {"grey", 1}, {"RGB", 3}});
  if (said != kUnsaid && said != channels) {
    reader.fail("channels", fmt::format("the network takes {} channel(s), expected a name for {}",
                                        channels, channels));
  }
}

}  // namespace

Preprocess default_preprocess(std::int32_t channels) {
  const auto count = static_cast<std::size_t>(channels);
  Preprocess rule;
  rule.mean.assign(count, 0.0);
  rule.deviation.assign(count, 1.0);
  return rule;
}

Preprocess read_preprocess_yaml(const std::string& path, std::int32_t channels) {
  const ConfigReader reader = ConfigDocument::load(path).reader().required_section("preprocess");
  Preprocess rule;
  rule.scale = reader.double_or("scale", rule.scale, kTiny, kHuge);
  rule.mean = per_channel(reader, "mean", -kHuge, channels, 0.0);
  rule.deviation = per_channel(reader, "std", kTiny, channels, 1.0);
  check_channels(reader, channels);
  reader.finish();
  return rule;
}

std::string preprocess_file_beside(const std::string& model_path) {
  const std::filesystem::path path = std::filesystem::path(model_path).replace_extension(".yaml");
  return std::filesystem::exists(path) ? path.string() : "";
}

Preprocess preprocess_beside(const std::string& model_path, std::int32_t channels) {
  const std::string file = preprocess_file_beside(model_path);
  return file.empty() ? default_preprocess(channels) : read_preprocess_yaml(file, channels);
}

}  // namespace airnn
