// SPDX-License-Identifier: Apache-2.0
#include "sw/data/packed_file.h"

#include <fmt/format.h>
#include <unistd.h>
#include <zlib.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <new>
#include <stdexcept>

namespace airnn {

namespace {

constexpr std::size_t kPackedBlock = std::size_t{1} << 17;
constexpr std::size_t kMostAtOnce = std::size_t{1} << 30;  ///< zlib counts in unsigned int
constexpr std::uint8_t kGzipMagic[] = {0x1F, 0x8B};
constexpr int kGzipWindow = 15 + 16;  ///< the largest window, and a gzip header around the data

}  // namespace

PackedFile::PackedFile(int descriptor) : descriptor_(descriptor), block_(kPackedBlock) {}

PackedFile::~PackedFile() {
  if (stream_ != nullptr) {
    inflateEnd(stream_.get());
  }
  close(descriptor_);
}

std::size_t PackedFile::read(std::uint8_t* to, std::size_t count) {
  std::size_t done = 0;
  while (done < count && state_ != State::end) {
    switch (state_) {
      case State::start:
        state_ = begins_gzip() ? State::member : State::plain;
        break;
      case State::plain:
        done += copy(to + done, count - done);
        break;
      case State::member:
        done += unpack(to + done, count - done);
        break;
      case State::between:
        if (at_ == filled_ && !fill()) {
          state_ = State::end;
        } else if (!begins_gzip()) {
          throw std::runtime_error(
              fmt::format("something that is not gzip follows the gzip data, at byte {} of the "
                          "file; expected their end",
                          position()));
        } else {
          state_ = State::member;
        }
        break;
      case State::end:
        break;
    }
  }
  return done;
}

/// Adds the next bytes of the file behind those that are left; false at the end of the file.
bool PackedFile::fill() {
  std::memmove(block_.data(), block_.data() + at_, filled_ - at_);
  before_ += at_;
  filled_ -= at_;
  at_ = 0;
  while (!file_ended_) {
    const ssize_t got = ::read(descriptor_, block_.data() + filled_, block_.size() - filled_);
    if (got > 0) {
      filled_ += static_cast<std::size_t>(got);
      return true;
    }
    if (got < 0 && errno != EINTR) {
      throw std::runtime_error(fmt::format("cannot be read: {}", std::strerror(errno)));
    }
    file_ended_ = got == 0;
  }
  return false;
}

bool PackedFile::begins_gzip() {
  while (filled_ - at_ < sizeof kGzipMagic && fill()) {
  }
  if (filled_ - at_ < sizeof kGzipMagic ||
      !std::equal(std::begin(kGzipMagic), std::end(kGzipMagic), &block_[at_])) {
    return false;
  }
  if (stream_ == nullptr) {
    auto stream = std::make_unique<z_stream_s>();
    if (inflateInit2(stream.get(), kGzipWindow) != Z_OK) {
      throw std::bad_alloc();
    }
    stream_ = std::move(stream);
  } else {
    inflateReset(stream_.get());
  }
  return true;
}

std::size_t PackedFile::copy(std::uint8_t* to, std::size_t count) {
  if (at_ == filled_ && !fill()) {
    state_ = State::end;
    return 0;
  }
  const std::size_t size = std::min(count, filled_ - at_);
  std::memcpy(to, &block_[at_], size);
  at_ += size;
  return size;
}

std::size_t PackedFile::unpack(std::uint8_t* to, std::size_t count) {
  if (at_ == filled_ && !fill()) {
    throw std::runtime_error("the gzip data are truncated");
  }
  const std::size_t wanted = std::min(count, kMostAtOnce);
  stream_->next_in = &block_[at_];
  stream_->avail_in = static_cast<unsigned>(filled_ - at_);
  stream_->next_out = to;
  stream_->avail_out = static_cast<unsigned>(wanted);
  const int code = inflate(stream_.get(), Z_NO_FLUSH);
  at_ = filled_ - stream_->avail_in;
  if (code == Z_STREAM_END) {
    state_ = State::between;
  } else if (code == Z_MEM_ERROR) {
    throw std::bad_alloc();
  } else if (code != Z_OK && code != Z_BUF_ERROR) {  // the latter: it wants more of the file
    const char* const reason = stream_->msg != nullptr ? stream_->msg : "of no kind it knows";
    throw std::runtime_error(fmt::format("the gzip data are damaged ({})", reason));
  }
  return wanted - stream_->avail_out;
}

}  // namespace airnn
