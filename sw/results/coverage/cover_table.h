// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <vector>

namespace airnn {

/// Covergroups of the control protocol (docs/coverage.md), in the order of their table.
enum class Cover : std::size_t {
  state,
  transition,
  input_end,
  batch,
  prefetch,
  stream_fill,
  stream_wait,
  stall_state,
  reads,
  refresh,
  flags,
  rows,
};

enum class BinKind {
  goal,      ///< is to be hit
  excluded,  ///< cannot come in this machine, but would break no rule
  illegal,   ///< would break a rule
};

/// What holds for all bins that its two names fit, "*" being any.
struct CoverRule {
  std::string first;
  std::string second;
  BinKind kind;
  std::string why;  ///< of a goal: ""
};

struct CoverBin {
  std::string name;
  BinKind kind;
  std::string why;
};

/// A covergroup: a bin for each value of its axis, or for each pair of values of two.
struct CoverGroup {
  std::string name;
  std::string probe;  ///< what it listens to
  std::string samples;
  std::vector<std::string> first;
  std::vector<std::string> second;  ///< empty: no cross
  std::vector<CoverRule> rules;     ///< the first that fits counts; none: a goal

  std::size_t bins() const { return first.size() * (second.empty() ? 1 : second.size()); }
  CoverBin bin(std::size_t index) const;
};

/// All covergroups, in the order of Cover.
const std::vector<CoverGroup>& cover_groups();

/// Kinds of streams between units, in the order of the axis of their groups. Those of the host are
/// none of the machine's.
enum class CoverStream : std::size_t {
  weights,
  input,
  placed,
  batch_placed,
  control,
  maps,
  decision
};

/// Flags of a group as its runs of blocks, "2+1+1"; the index on the axis, or the number of values
/// for none that is legal.
std::size_t flag_pattern(const std::string& runs);

}  // namespace airnn
