// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

#include "sw/format/byte_view.h"

namespace airnn {

/// A terminal, pipe or /dev/null: what is written to it stays nowhere under that name.
bool is_device(const std::string& path);

/// A file that appears complete or not at all: bytes go to a temporary name beside the target,
/// commit() flushes them to disk and renames. Dropped without commit() it leaves nothing behind.
/// An existing device or pipe is written to directly.
/// Throws UserError with the system's reason (no such folder, read-only, disk full).
class OutputFile {
 public:
  explicit OutputFile(std::string path);
  ~OutputFile();
  OutputFile(const OutputFile&) = delete;
  OutputFile& operator=(const OutputFile&) = delete;

  /// What a file is called until it is complete: "results.json.partial.host-1234", as
  /// processes of several machines may be at work in a folder.
  static std::string temporary_name(const std::string& path);

  void write(ByteView bytes);
  void write(const std::string& text);
  /// Nothing but renaming is left to commit(): for several files that belong together.
  void sync();
  void commit();

 private:
  [[noreturn]] void fail(const char* action);
  void discard();

  std::string path_;
  std::string temporary_;  ///< what to remove or rename; empty if there is none
  int descriptor_ = -1;
};

/// With all folders above it, unless it is there. Throws UserError with the system's reason.
void create_folder(const std::string& folder);

/// A whole file at once.
void write_file(const std::string& path, ByteView bytes);
void write_file(const std::string& path, const std::string& text);

}  // namespace airnn
