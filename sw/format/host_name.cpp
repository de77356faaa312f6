// SPDX-License-Identifier: Apache-2.0
#include "sw/format/host_name.h"

#include <unistd.h>

#include <array>

namespace airnn {

namespace {

std::string found_name() {
  std::array<char, 256> buffer{};
  if (gethostname(buffer.data(), buffer.size() - 1) != 0 || buffer[0] == '\0') {
    return "unknown";
  }
  std::string name = buffer.data();
  for (char& c : name) {
    const bool is_plain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
                          (c >= 'A' && c <= 'Z') || c == '-' || c == '_' || c == '.';
    c = is_plain ? c : '_';
  }
  return name;
}

}  // namespace

const std::string& host_name() {
  static const std::string name = found_name();
  return name;
}

}  // namespace airnn
