// SPDX-License-Identifier: Apache-2.0
#include "sw/format/resource_error.h"

#include <cerrno>
#include <cstring>

namespace airnn {

namespace {

const char* help(int error) {
  switch (error) {
    case ENOSPC:
    case EDQUOT:
      return "free space there, or write elsewhere";
    case EFBIG:
      return "raise the limit of a file's size (ulimit -f), or write elsewhere";
    case EROFS:
    case EACCES:
    case EPERM:
      return "choose a place where you may do so";
    case EMFILE:
      return "raise the limit of open files (ulimit -n), or use fewer --jobs";
    case ENFILE:
      return "too many files are open on this host; close some, or use fewer --jobs";
    case EAGAIN:
      return "raise the limit of processes (ulimit -u), or use fewer --jobs";
    case ENOMEM:
      return "free memory, raise its limit (ulimit -v), or use fewer --jobs";
    case EIO:
      return "the disk or its connection has a defect";
    default:
      return nullptr;
  }
}

}  // namespace

bool is_lack(int error) {
  return help(error) != nullptr;
}

std::string system_reason(int error) {
  const char* const helpful = help(error);
  return std::string(std::strerror(error)) +
         (helpful == nullptr ? "" : std::string("; ") + helpful);
}

const char* memory_reason() {
  return "not enough memory; free some, raise its limit (ulimit -v), or use fewer --jobs";
}

}  // namespace airnn
