// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "hw/wave/wave_tree.h"

namespace airnn {

/// Writes values over time, unit of time 1 ps, into a file of some format. Keeps every value, so
/// that only changes are written. Unlike other outputs the file has its name from the start.
class WaveWriter {
 public:
  virtual ~WaveWriter() = default;
  WaveWriter(const WaveWriter&) = delete;
  WaveWriter& operator=(const WaveWriter&) = delete;

  /// Whether changes of this signal can be seen; of others they need not be told.
  bool is_traced(WaveId id) const { return tree_.is_traced(id); }

  /// The value from the present time on. Signed ones in two's complement; states by their place.
  void set(WaveId id, std::uint64_t value) {
    value &= masks_[id];
    if (values_[id] != value) {
      values_[id] = value;
      if (is_shown_[id] != 0) {
        put(id);
      }
    }
  }
  void set_signed(WaveId id, std::int64_t value) { set(id, static_cast<std::uint64_t>(value)); }
  /// So many neighbours are best looked at together, where most stay as they are.
  static constexpr std::size_t kTogether = 64;
  /// Of the signals from `first` on.
  void set_all(WaveId first, const std::vector<std::int64_t>& values);
  void set_real(WaveId id, double value);
  /// Of a text, which has one value for all times.
  void set_text(WaveId id, const std::string& value) { texts_[id] = value; }

  /// Begins a time step, in ps; times ascend.
  void at(std::uint64_t time) {
    end_step();
    time_ = time;
    is_step_begun_ = false;
  }
  /// Writes all values as they are at the present time, and from then on every change.
  void open();
  /// What was written so far can be read, where the format allows that. Throws UserError if writing
  /// failed.
  virtual void flush() = 0;
  /// Nothing more will be written. Throws what an earlier writing threw, too.
  void close();

 protected:
  /// The tree must be complete and outlive the writer.
  explicit WaveWriter(const WaveTree& tree);

  /// The value of `id` from the present time on.
  virtual void put_value(WaveId id) = 0;
  /// The present time has a value.
  virtual void begin_step() = 0;
  /// The present time has all its values.
  virtual void end_step() {}
  /// The first values of all signals come, or have come.
  virtual void begin_values() {}
  virtual void end_values() {}
  virtual void end_file() = 0;

  const WaveTree& tree() const { return tree_; }
  std::uint64_t time() const { return time_; }
  std::uint64_t value(WaveId id) const { return values_[id]; }
  double real(WaveId id) const;
  const std::string& text(WaveId id) const { return texts_[id]; }

 private:
  void put(WaveId id) {
    if (!is_step_begun_) {
      begin_step();
      is_step_begun_ = true;
    }
    put_value(id);
  }

  const WaveTree& tree_;
  bool is_step_begun_ = false;
  std::uint64_t time_ = 0;
  std::vector<std::uint64_t> values_;
  std::vector<std::uint64_t> masks_;
  std::vector<std::uint8_t> is_shown_;  ///< traced, and the file is open
  std::vector<std::string> texts_;
};

}  // namespace airnn
