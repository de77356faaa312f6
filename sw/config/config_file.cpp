// SPDX-License-Identifier: Apache-2.0
#include "sw/config/config_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstddef>
#include <filesystem>
#include <system_error>
#include <vector>

#include "sw/config/nearest_name.h"
#include "sw/config/yaml_parser.h"
#include "sw/format/errors.h"
#include "sw/format/resource_error.h"
#include "sw/format/shown_text.h"

namespace airnn {
namespace {

namespace fs = std::filesystem;

/// Far beyond what a person writes; a file that is larger was named by mistake. The parser takes up
/// to 250 bytes of memory for each.
constexpr std::size_t kMostBytes = std::size_t{1} << 20;

class OpenFile {
 public:
  explicit OpenFile(int descriptor) : descriptor_(descriptor) {}
  ~OpenFile() {
    if (descriptor_ >= 0) {
      close(descriptor_);
    }
  }
  OpenFile(const OpenFile&) = delete;
  OpenFile& operator=(const OpenFile&) = delete;

  int descriptor() const { return descriptor_; }

 private:
  int descriptor_;
};

const char* kind_of(mode_t mode) {
  return S_ISDIR(mode)    ? "a folder"
         : S_ISFIFO(mode) ? "a pipe"
         : S_ISSOCK(mode) ? "a socket"
                          : "a device";
}

/// The whole file, or a little more than kMostBytes of a larger one. False with errno.
bool read_all(int descriptor, std::string& text) {
  std::vector<char> block(std::size_t{1} << 16);
  while (text.size() <= kMostBytes) {
    const ssize_t count = read(descriptor, block.data(), block.size());
    if (count == 0) {
      return true;
    }
    if (count > 0) {
      text.append(block.data(), static_cast<std::size_t>(count));
    } else if (errno != EINTR) {
      return false;
    }
  }
  return true;
}

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
    throw ConfigError((named_at.empty() ? "" : named_at + ": ") + shown(path) + ": " + reason);
  };
  // Does not wait for a writer, should it be a pipe.
  const OpenFile file(open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
  struct stat status {};
  if (file.descriptor() < 0 || fstat(file.descriptor(), &status) != 0) {
    const int reason = errno;
    fail("cannot be read: " + system_reason(reason) + (reason == ENOENT ? nearest_file(path) : ""));
  }
  if (!S_ISREG(status.st_mode)) {
    fail(std::string("is ") + kind_of(status.st_mode) + "; a YAML file is expected");
  }
  std::string text;
  if (!read_all(file.descriptor(), text)) {
    fail("cannot be read: " + system_reason(errno));
  }
  if (text.size() > kMostBytes) {
    fail("is larger than " + std::to_string(kMostBytes) +
         " bytes; a YAML file of at most that size is expected");
  }
  return as_mapping(parse_yaml(text, path));
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
