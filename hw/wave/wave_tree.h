// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace airnn {

/// Names of the values 0, 1, ... of a signal that shows a state.
struct WaveStates {
  std::string name;  ///< of the file that tells them to a viewer
  std::vector<std::string> labels;
};

enum class WaveKind : std::uint8_t { bit, number, signed_number, address, state, sum, real, text };

struct WaveType {
  WaveKind kind = WaveKind::bit;
  unsigned width = 1;                  ///< bits, at most 64
  const WaveStates* states = nullptr;  ///< of a state; must outlive all that is made of the type

  static WaveType bit() { return {}; }
  static WaveType number(unsigned width) { return {WaveKind::number, width, nullptr}; }
  /// Wide enough for 0 .. most.
  static WaveType number_to(std::uint64_t most);
  static WaveType signed_number(unsigned width) {
    return {WaveKind::signed_number, width, nullptr};
  }
  /// Shown in hexadecimal.
  static WaveType address() { return {WaveKind::address, 64, nullptr}; }
  static WaveType state(const WaveStates& states);
  /// A signed integer of 64 bits that is written in decimal, as a real variable: as a vector every
  /// negative one would have 64 digits.
  static WaveType sum() { return {WaveKind::sum, 64, nullptr}; }
  static WaveType real() { return {WaveKind::real, 64, nullptr}; }
  static WaveType text() { return {WaveKind::text, 1, nullptr}; }
};

/// What changes; several paths may show the same.
using WaveId = std::uint32_t;

/// The ids first .. last - 1, e.g. all of one unit.
struct WaveIds {
  WaveId first = 0;
  WaveId last = 0;
};

/// A name in a scope.
struct WavePath {
  std::string scope;  ///< "accelerator.score_calculation"
  std::string name;   ///< "state"
  WaveId id = 0;
  bool is_traced = false;
  bool is_detail = false;  ///< not in the saved layout

  std::string full() const { return scope + "." + name; }
};

/// The signals of a waveform by scope, and which of them are wanted.
class WaveTree {
 public:
  /// Patterns of the shell (* ? [...]; * also across dots) over full paths; one that fits a scope
  /// takes all in it. None: everything is wanted. One that begins with `!` leaves out what it fits
  /// behind the `!`, whatever others say.
  explicit WaveTree(const std::vector<std::string>& patterns = {});

  WaveId add(const std::string& scope, const std::string& name, const WaveType& type);
  /// What is added from now on is too much for a layout.
  void begin_detail() { is_detail_ = true; }
  void end_detail() { is_detail_ = false; }
  /// Another path to the same signal.
  void alias(const std::string& scope, const std::string& name, WaveId id);
  /// Shows all that `scope` has, with what is below it, in `other` too.
  void alias_scope(const std::string& scope, const std::string& other);

  /// Throws UserError for a pattern that fits nothing, with the nearest scope, and for patterns
  /// that leave nothing.
  void check_patterns() const;

  /// The id that the next signal gets.
  WaveId next() const { return static_cast<WaveId>(types_.size()); }
  bool is_traced(WaveId id) const { return traced_[id]; }
  bool is_traced(const WaveIds& ids) const;
  const WaveType& type(WaveId id) const { return types_[id]; }
  /// The traced paths, scope by scope; scopes and names in the order in which they first came.
  std::vector<WavePath> traced_paths() const;

 private:
  bool wants(const std::string& scope, const std::string& name);

  struct Pattern {
    std::string text;
    std::string shell;  ///< without `!`
    bool leaves_out = false;
    bool is_used = false;
    std::string tested_scope;  ///< the last that was looked at
    bool tested_fits = false;
  };
  static bool scope_fits(Pattern& pattern, const std::string& scope);

  std::vector<Pattern> patterns_;
  bool takes_all_ = true;  ///< but for what is left out
  std::vector<WaveType> types_;
  std::vector<bool> traced_;
  std::vector<WavePath> paths_;
  bool is_detail_ = false;
};

}  // namespace airnn
