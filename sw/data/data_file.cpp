// SPDX-License-Identifier: Apache-2.0
#include "sw/data/data_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <limits>
#include <stdexcept>
#include <utility>

#include "sw/data/packed_file.h"
#include "sw/format/errors.h"
#include "sw/format/resource_error.h"
#include "sw/format/shown_text.h"

namespace airnn {

namespace {
constexpr std::size_t kChunk = std::size_t{1} << 20;
}  // namespace

DataFile::DataFile(std::string path) : path_(std::move(path)) {
  const int descriptor = open(path_.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY);
  if (descriptor < 0) {
    fail(fmt::format("cannot be read: {}", system_reason(errno)));
  }
  file_ = std::make_unique<PackedFile>(descriptor);
  struct stat status {};
  if (fstat(descriptor, &status) == 0 && S_ISDIR(status.st_mode)) {
    fail("is a folder, expected a file");
  }
  if (!S_ISREG(status.st_mode) && !S_ISFIFO(status.st_mode)) {
    fail("is a device, expected a file");  // some have no end
  }
  size_ = S_ISREG(status.st_mode) ? static_cast<std::uint64_t>(status.st_size) : 0;
}

DataFile::~DataFile() = default;

void DataFile::fail(const std::string& message) const {
  throw DataError(fmt::format("{}: {}", shown(path_), message));
}

std::size_t DataFile::unpack(std::uint8_t* to, std::size_t count) {
  try {
    return file_->read(to, count);
  } catch (const std::runtime_error& error) {
    fail(error.what());
  }
}

std::uint64_t DataFile::position() const {
  return file_->position();
}

std::size_t DataFile::read_into(std::uint8_t* to, std::size_t count) {
  const std::size_t had = std::min(count, ahead_.size());
  std::copy_n(ahead_.begin(), had, to);
  ahead_.erase(ahead_.begin(), ahead_.begin() + static_cast<std::ptrdiff_t>(had));
  return had + unpack(to + had, count - had);
}

const std::vector<std::uint8_t>& DataFile::peek(std::size_t count) {
  const std::size_t had = ahead_.size();
  if (had < count) {
    ahead_.resize(count);
    ahead_.resize(had + unpack(ahead_.data() + had, count - had));
  }
  return ahead_;
}

std::vector<std::uint8_t> DataFile::read(std::uint64_t count) {
  const auto from_ahead = static_cast<std::size_t>(std::min<std::uint64_t>(count, ahead_.size()));
  const auto split = ahead_.begin() + static_cast<std::ptrdiff_t>(from_ahead);
  std::vector<std::uint8_t> bytes(ahead_.begin(), split);
  ahead_.erase(ahead_.begin(), split);
  while (bytes.size() < count) {
    const std::size_t had = bytes.size();
    // Doubling keeps copies few; what the file holds, not what is wanted, bounds the growth.
    const auto step =
        static_cast<std::size_t>(std::min<std::uint64_t>(count - had, std::max(kChunk, had)));
    bytes.resize(had + step);
    const std::size_t got = unpack(bytes.data() + had, step);
    bytes.resize(had + got);
    if (got < step) {
      break;
    }
  }
  return bytes;
}

std::vector<std::uint8_t> DataFile::read_all() {
  return read(std::numeric_limits<std::uint64_t>::max());
}

std::vector<std::uint8_t> DataFile::read_exactly(std::uint64_t count, const std::string& what) {
  std::vector<std::uint8_t> bytes = read(count);
  if (bytes.size() < count) {
    fail(fmt::format("too short: expected {} bytes of {}, found {}", count, what, bytes.size()));
  }
  return bytes;
}

void DataFile::expect_end(const std::string& described) {
  if (!peek(1).empty()) {
    fail(fmt::format("too long: bytes follow behind {}", described));
  }
}

std::string read_text(const std::string& path) {
  const std::vector<std::uint8_t> bytes = DataFile(path).read_all();
  return {bytes.begin(), bytes.end()};
}

}  // namespace airnn
