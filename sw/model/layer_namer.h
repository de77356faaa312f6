// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <set>
#include <string>
#include <vector>

#include "sw/model/model.h"

namespace airnn {

/// No layer has a longer name, in bytes.
inline constexpr std::size_t kLongestLayerName = 200;

/// `text` with `_` for everything that could end or alter a line: control characters, bytes that
/// are no UTF-8.
std::string printable(const std::string& text);

/// Names layers so that every name says which layer is meant, wherever it stands: in results beside
/// the units, in options that list layers, in waveforms. Names depend on the nodes' names and their
/// order alone.
class LayerNamer {
 public:
  LayerNamer();

  /// The name of the next layer, whose node is called `wish`: that itself if it is printable, not
  /// empty, at most kLongestLayerName long, without commas, no unit's name, no word of an option,
  /// and not given yet.
  std::string name(const std::string& wish);

  /// The layers whose name is not their node's, in their order.
  const std::vector<RenamedLayer>& renamed() const { return renamed_; }

 private:
  std::set<std::string> given_;
  std::vector<RenamedLayer> renamed_;
};

}  // namespace airnn
