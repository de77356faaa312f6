// SPDX-License-Identifier: Apache-2.0
#include "sw/config/config_file.h"

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <system_error>
#include <vector>

#include "sw/config/nearest_name.h"
#include "sw/config/yaml_parser.h"
#include "sw/format/errors.h"

namespace airnn {
namespace {

namespace fs = std::filesystem;

std::string nearest_file(const fs::path& path) {
  std::vector<std::string> names;
  std::error_code error;
  const fs::path folder = path.has_parent_path() ? path.parent_path() : fs::path(".");
  for (fs::directory_iterator it(folder, error), end; !error && it != end; it.increment(error)) {
    names.push_back(it->path().filename().string());
  }
  return did_you_mean(path.filename().string(), names);
}

}  // namespace

ConfigNode load_mapping(const std::string& path, const std::string& named_at) {
  const auto fail = [&](const std::string& reason) {
    throw ConfigError((named_at.empty() ? "" : named_at + ": ") + path + ": " + reason);
  };
  std::error_code error;
  if (fs::is_directory(path, error)) {
    fail("is a folder; a YAML file is expected");
  }
  std::ifstream file(path, std::ios::binary);
  if (!file) {
    const int reason = errno;
    fail(std::string("cannot be read: ") + std::strerror(reason) +
         (reason == ENOENT ? nearest_file(path) : ""));
  }
  std::ostringstream text;
  text << file.rdbuf();
  return as_mapping(parse_yaml(text.str(), path));
}

ConfigNode as_mapping(ConfigNode root) {
  if (root.kind == ConfigNode::Kind::null) {
    root.kind = ConfigNode::Kind::mapping;
  }
  if (root.kind != ConfigNode::Kind::mapping) {
    throw ConfigError(root.position.text() + ": expected a mapping of keys to values, found " +
                      root.description());
  }
  return root;
}

std::string resolve_path(const std::string& path, const ConfigPosition& written_at) {
  const fs::path folder = written_at.line > 0 ? fs::path(written_at.origin).parent_path() : "";
  return (folder / path).lexically_normal().string();
}

}  // namespace airnn
