// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace airnn {

/// A place of a machine's link, and the units that are there.
struct LinkNode {
  std::string name;
  unsigned x = 0;  ///< column, from the left
  unsigned y = 0;  ///< row, from the top
  std::vector<std::string> units;
};

/// What a wire carried, and in how many cycles it was taken.
struct LinkLoad {
  std::uint64_t flits = 0;
  std::uint64_t busy = 0;

  LinkLoad& operator+=(const LinkLoad& other);
  LinkLoad& operator-=(const LinkLoad& other);
};

/// A wire that streams share, from node to node, or between a node and its units.
struct LinkWire {
  std::string name;
  std::size_t from = 0;  ///< places in the list of nodes
  std::size_t to = 0;
  bool from_units = false;  ///< of that node
  bool to_units = false;
  LinkLoad load;
};

/// A link whose streams share wires, and what these carried. Without nodes: there is nothing that
/// is shared.
struct LinkRecord {
  std::vector<LinkNode> nodes;
  std::vector<LinkWire> wires;

  bool empty() const { return nodes.empty(); }
  /// Of the same link, or nothing yet. What is taken away is of the same.
  LinkRecord& operator+=(const LinkRecord& other);
  LinkRecord& operator-=(const LinkRecord& other);
};

}  // namespace airnn
