// SPDX-License-Identifier: Apache-2.0
#include "sw/campaign/point_messages.h"

#include <cstddef>
#include <filesystem>
#include <utility>
#include <vector>

#include "sw/campaign/compile_keys.h"
#include "sw/campaign/evaluation_planner.h"
#include "sw/console/output_path.h"

namespace airnn {

std::string located(const std::string& message, const Settings& settings) {
  for (const Setting& setting : settings) {
    const std::string option =
        is_compile_key(setting.key) ? compile_option(setting.key) + ": " : "";
    const std::string place = setting.position.text() + ": " + setting.key + ": ";
    if (!option.empty() && message.rfind(option, 0) == 0) {
      return place + message.substr(option.size());
    }
    if (is_file_key(setting.key) && message.rfind(setting.value + ": ", 0) == 0) {
      return place + message;
    }
  }
  return message;
}

std::string portable(std::string message, const PointTask& task, const Settings& settings,
                     const std::string& out) {
  std::vector<std::string> files{task.model};
  for (const Setting& setting : settings) {
    files.push_back(setting.position.origin);
    if (is_file_key(setting.key)) {
      files.push_back(std::filesystem::absolute(setting.value).string());
      files.push_back(setting.value);
    }
  }
  std::vector<std::pair<std::string, std::string>> replacements{{out + "/", ""}};
  for (const std::string& file : files) {
    if (!file.empty()) {
      replacements.emplace_back(file, file_name(file));
    }
  }
  for (const auto& [from, to] : replacements) {
    for (std::size_t at = message.find(from); at != std::string::npos;
         at = message.find(from, at + to.size())) {
      message.replace(at, from.size(), to);
    }
  }
  return message;
}

}  // namespace airnn
