// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace airnn {

class PackedFile;

/// A file of data (images, labels, a trace), read from front to back; gzip is recognised by content
/// and unpacked on the fly. Every failure is a DataError that begins with the file's name.
class DataFile {
 public:
  /// Throws if the file is missing, a folder, a device or unreadable. A pipe is taken.
  explicit DataFile(std::string path);
  ~DataFile();
  DataFile(const DataFile&) = delete;
  DataFile& operator=(const DataFile&) = delete;

  const std::string& path() const { return path_; }
  /// Bytes on disk, packed as they are; 0 for a pipe.
  std::uint64_t size() const { return size_; }
  /// How many of them have been read.
  std::uint64_t position() const;

  /// The next bytes without taking them: `count`, or fewer where the file ends before.
  const std::vector<std::uint8_t>& peek(std::size_t count);

  /// Takes up to `count` bytes; fewer only where the file ends. Memory grows with what is really
  /// there, so that a header that promises too much costs nothing. Throws on truncated or damaged
  /// gzip, and on what follows it and is no gzip.
  std::vector<std::uint8_t> read(std::uint64_t count);

  /// The same into memory of the caller's; returns how many. For long files, block by block.
  std::size_t read_into(std::uint8_t* to, std::size_t count);

  /// Takes all that is left.
  std::vector<std::uint8_t> read_all();

  /// Takes exactly `count` bytes for `what`; otherwise throws with expected and found bytes.
  std::vector<std::uint8_t> read_exactly(std::uint64_t count, const std::string& what);

  /// Throws if anything follows; `described` says what the file should have held.
  void expect_end(const std::string& described);

  [[noreturn]] void fail(const std::string& message) const;

 private:
  std::size_t unpack(std::uint8_t* to, std::size_t count);

  std::string path_;
  std::uint64_t size_ = 0;
  std::unique_ptr<PackedFile> file_;
  std::vector<std::uint8_t> ahead_;  ///< peeked at, not taken yet
};

/// All of a text file, unpacked if it is gzipped. Throws DataError.
std::string read_text(const std::string& path);

}  // namespace airnn
