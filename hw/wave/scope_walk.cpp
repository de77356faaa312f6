// SPDX-License-Identifier: Apache-2.0
#include "hw/wave/scope_walk.h"

#include <algorithm>
#include <utility>

namespace airnn {

namespace {

std::vector<std::string> parts_of(const std::string& scope) {
  std::vector<std::string> parts;
  std::size_t begin = 0;
  for (std::size_t dot = scope.find('.'); dot != std::string::npos; dot = scope.find('.', begin)) {
    parts.push_back(scope.substr(begin, dot - begin));
    begin = dot + 1;
  }
  parts.push_back(scope.substr(begin));
  return parts;
}

}  // namespace

ScopeWalk::ScopeWalk(std::function<void()> up, std::function<void(const std::string& part)> down)
    : up_(std::move(up)), down_(std::move(down)) {}

void ScopeWalk::enter(const std::string& scope) {
  std::vector<std::string> parts = scope.empty() ? std::vector<std::string>() : parts_of(scope);
  const auto common = static_cast<std::size_t>(
      std::mismatch(parts.begin(), parts.end(), open_.begin(), open_.end()).first - parts.begin());
  for (std::size_t i = common; i < open_.size(); ++i) {
    up_();
  }
  for (std::size_t i = common; i < parts.size(); ++i) {
    down_(parts[i]);
  }
  open_ = std::move(parts);
}

}  // namespace airnn
