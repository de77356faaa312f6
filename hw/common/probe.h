// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <utility>
#include <vector>

namespace airnn {

/// A named place where a unit tells what it did. Listeners are passive; a probe nobody hears costs
/// a test.
template <typename Event>
class Probe {
 public:
  using Listener = std::function<void(const Event&)>;

  void listen(Listener listener) { listeners_.push_back(std::move(listener)); }
  void emit(const Event& event) const {
    for (const Listener& listener : listeners_) {
      listener(event);
    }
  }
  bool heard() const { return !listeners_.empty(); }

 private:
  std::vector<Listener> listeners_;
};

}  // namespace airnn
