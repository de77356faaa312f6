// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "hw/wave/wave_writer.h"

namespace airnn {

/// Writes a Value Change Dump (IEEE 1364, clause 18). Only whole time steps are handed to the
/// system, so that a run that is cut off leaves a waveform that can be read.
class VcdWriter final : public WaveWriter {
 public:
  /// Creates the file. Throws UserError if that or any writing fails.
  VcdWriter(const WaveTree& tree, const std::string& path);
  ~VcdWriter() override;

  void flush() override;

 private:
  static constexpr std::size_t kFlushed = std::size_t{1} << 17;
  static constexpr std::size_t kLongestChange = 128;
  enum class Format : std::uint8_t { bit, bits, integer, real, text };
  /// How the file calls a signal, and writes its values.
  struct Code {
    std::array<char, 6> text{};  ///< with the end of the line; comes first
    std::uint8_t size = 0;
    Format format = Format::bits;
  };

  void put_value(WaveId id) override;
  void begin_step() override;
  void end_step() override {
    if (used_ >= kFlushed) {
      flush();
    }
  }
  void begin_values() override;
  void end_values() override;
  void end_file() override;
  void write_header();
  void reserve(std::size_t bytes);
  void put_text(const std::string& text);
  static Format format_of(const WaveType& type);

  std::string path_;
  std::string failure_;  ///< why nothing can be written any more
  int descriptor_ = -1;
  std::vector<Code> codes_;
  std::vector<char> buffer_;
  std::size_t used_ = 0;
};

}  // namespace airnn
