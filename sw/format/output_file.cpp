// SPDX-License-Identifier: Apache-2.0
#include "sw/format/output_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <system_error>
#include <utility>

#include "sw/format/host_name.h"
#include "sw/format/resource_error.h"
#include "sw/format/shown_text.h"

namespace airnn {

bool is_device(const std::string& path) {
  struct stat target {};
  return stat(path.c_str(), &target) == 0 && !S_ISREG(target.st_mode) && !S_ISDIR(target.st_mode);
}

OutputFile::OutputFile(std::string path) : path_(std::move(path)) {
  if (is_device(path_)) {  // nothing to replace, and renaming a file over it would destroy it
    descriptor_ = open(path_.c_str(), O_WRONLY | O_CLOEXEC);
  } else {
    temporary_ = temporary_name(path_);
    descriptor_ = open(temporary_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
  }
  if (descriptor_ < 0) {
    fail("cannot create it");
  }
}

OutputFile::~OutputFile() {
  discard();
}

std::string OutputFile::temporary_name(const std::string& path) {
  return path + ".partial." + host_name() + "-" + std::to_string(getpid());
}

void OutputFile::write(ByteView bytes) {
  std::size_t done = 0;
  while (done < bytes.size) {
    const ssize_t count = ::write(descriptor_, bytes.data + done, bytes.size - done);
    if (count < 0) {
      if (errno == EINTR) {
        continue;
      }
      fail("cannot write it");
    }
    done += static_cast<std::size_t>(count);
  }
}

void OutputFile::write(const std::string& text) {
  write(ByteView{reinterpret_cast<const std::uint8_t*>(text.data()), text.size()});
}

void OutputFile::sync() {
  // Some file systems report a full disk only here.
  if (fsync(descriptor_) != 0 && errno != EINVAL) {
    fail("cannot write it");
  }
}

void OutputFile::commit() {
  sync();
  const int closed = close(descriptor_);
  descriptor_ = -1;
  const bool renames = !temporary_.empty();
  if (closed != 0 || (renames && rename(temporary_.c_str(), path_.c_str()) != 0)) {
    fail("cannot finish it");
  }
  temporary_.clear();
}

void OutputFile::fail(const char* action) {
  const int error = errno;
  discard();
  const std::string message = shown(path_) + ": " + action + ": " + system_reason(error);
  if (is_lack(error)) {
    throw ResourceError(message);
  }
  throw UserError(message);
}

void OutputFile::discard() {
  if (descriptor_ >= 0) {
    close(descriptor_);
    descriptor_ = -1;
  }
  if (!temporary_.empty()) {
    unlink(temporary_.c_str());
    temporary_.clear();
  }
}

void create_folder(const std::string& folder) {
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error) {
    throw UserError(folder + ": cannot create the folder: " + error.message());
  }
}

void write_file(const std::string& path, ByteView bytes) {
  OutputFile file(path);
  file.write(bytes);
  file.commit();
}

void write_file(const std::string& path, const std::string& text) {
  write_file(path, ByteView{reinterpret_cast<const std::uint8_t*>(text.data()), text.size()});
}

}  // namespace airnn
