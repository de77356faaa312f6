// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "hw/wave/wave_tree.h"

namespace airnn {

/// Writes a Value Change Dump (IEEE 1364, clause 18), unit of time 1 ps. Unlike other outputs the
/// file has its name from the start, and only whole time steps are handed to the system, so that a
/// run that is cut off leaves a waveform that can be read.
class VcdWriter {
 public:
  /// Creates the file. Throws UserError if that or any writing fails. The tree must be complete and
  /// outlive the writer.
  VcdWriter(const WaveTree& tree, const std::string& path);
  ~VcdWriter();
  VcdWriter(const VcdWriter&) = delete;
  VcdWriter& operator=(const VcdWriter&) = delete;

  /// Whether changes of this signal can be seen; of others they need not be told.
  bool is_traced(WaveId id) const { return codes_[id].size != 0; }

  /// The value from the present time on. Signed ones in two's complement; states by their place.
  void set(WaveId id, std::uint64_t value) {
    value &= masks_[id];
    if (values_[id] != value) {
      values_[id] = value;
      if (is_open_ && is_traced(id)) {
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
    if (used_ >= kFlushed) {
      flush();
    }
    time_ = time;
    is_step_begun_ = false;
  }
  /// Writes all values as they are at the present time, and from then on every change.
  void open();
  /// What was written so far can be read.
  void flush();
  /// Nothing more will be written. Throws what an earlier writing threw, too.
  void close();

 private:
  static constexpr std::size_t kFlushed = std::size_t{1} << 17;
  static constexpr std::size_t kLongestChange = 128;
  enum class Format : std::uint8_t { bit, bits, integer, real, text };
  /// How the file calls a signal, and writes its values.
  struct Code {
    std::array<char, 6> text{};  ///< with the end of the line; comes first
    std::uint8_t size = 0;       ///< 0: the signal is not traced
    Format format = Format::bits;
  };

  void write_header();
  void begin_step();
  void reserve(std::size_t bytes);
  void put(WaveId id);
  void put_text(const std::string& text);
  static Format format_of(const WaveType& type);

  const WaveTree& tree_;
  std::string path_;
  std::string failure_;  ///< why nothing can be written any more
  int descriptor_ = -1;
  bool is_open_ = false;
  bool is_step_begun_ = false;
  std::uint64_t time_ = 0;
  std::vector<std::uint64_t> values_;
  std::vector<std::uint64_t> masks_;
  std::vector<Code> codes_;
  std::vector<std::string> texts_;
  std::vector<char> buffer_;
  std::size_t used_ = 0;
};

}  // namespace airnn
