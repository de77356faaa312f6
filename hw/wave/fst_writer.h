// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "hw/wave/wave_writer.h"

namespace airnn {

/// Writes GTKWave's Fast Signal Trace by GTKWave's own code, fstapi. The file can be read when it
/// is closed; until then its declarations are in FILE.hier.
class FstWriter final : public WaveWriter {
 public:
  /// Creates the file. Throws UserError if that fails.
  FstWriter(const WaveTree& tree, const std::string& path);
  ~FstWriter() override;

  void flush() override {}

 private:
  /// fstapi sorts what it holds by signal, which takes twice as long where it does not fit into the
  /// processor's cache.
  static constexpr std::size_t kPackedTogether = std::size_t{4} << 20;
  static constexpr std::size_t kOverhead = 6;  ///< of a change, besides its digits
  struct Close {
    void operator()(void* context) const;
  };
  /// How the file calls a signal.
  struct Signal {
    std::uint32_t handle = 0;
    unsigned width = 1;  ///< 0: not of bits
  };

  void put_value(WaveId id) override;
  void begin_step() override;
  /// Throws UserError if the file is not what was written.
  void end_file() override;
  void declare();

  std::string path_;
  std::unique_ptr<void, Close> context_;
  std::vector<Signal> signals_;
  std::size_t unpacked_ = 0;  ///< bytes, about, that fstapi holds
};

}  // namespace airnn
