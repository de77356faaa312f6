// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

struct z_stream_s;

namespace airnn {

/// The content of a file, gzipped or plain, from front to back. What follows a gzip member is
/// another member or an error: zlib's own reader would drop it without a word. Every failure is a
/// std::runtime_error whose message lacks the file's name.
class PackedFile {
 public:
  /// Takes over the open descriptor.
  explicit PackedFile(int descriptor);
  ~PackedFile();
  PackedFile(const PackedFile&) = delete;
  PackedFile& operator=(const PackedFile&) = delete;

  /// Up to `count` bytes of content; fewer only at the end.
  std::size_t read(std::uint8_t* to, std::size_t count);
  /// Bytes of the file that were taken so far, packed as they are.
  std::uint64_t position() const { return before_ + at_; }

 private:
  bool fill();
  bool begins_gzip();
  std::size_t copy(std::uint8_t* to, std::size_t count);
  std::size_t unpack(std::uint8_t* to, std::size_t count);

  enum class State { start, plain, member, between, end };

  int descriptor_;
  State state_ = State::start;
  std::vector<std::uint8_t> block_;  ///< of the file
  std::size_t at_ = 0;               ///< first byte of the block that is not used yet
  std::size_t filled_ = 0;
  std::uint64_t before_ = 0;  ///< bytes of the file before the block
  bool file_ended_ = false;
  std::unique_ptr<z_stream_s> stream_;
};

}  // namespace airnn
