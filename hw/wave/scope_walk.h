// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <vector>

namespace airnn {

/// Goes from scope to scope of a waveform's declarations: what two that follow each other share
/// stays open.
class ScopeWalk {
 public:
  ScopeWalk(std::function<void()> up, std::function<void(const std::string& part)> down);

  /// `scope`: parts with dots between them; empty: outside of all.
  void enter(const std::string& scope);

 private:
  std::function<void()> up_;
  std::function<void(const std::string& part)> down_;
  std::vector<std::string> open_;
};

}  // namespace airnn
