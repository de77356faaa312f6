// SPDX-License-Identifier: Apache-2.0
#include "sw/evaluate/seal.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <functional>
#include <sstream>
#include <utility>

#include "sw/evaluate/content_key.h"
#include "sw/format/errors.h"
#include "sw/format/output_file.h"

namespace airnn {

namespace {

constexpr std::size_t kHashDigits = 32;
constexpr std::size_t kLongestSeal = std::size_t{1} << 26;

/// A file that is only looked at: closed whatever happens.
class OpenFile {
 public:
  /// Opening a pipe does not wait for whoever writes to it.
  explicit OpenFile(const std::string& path)
      : descriptor_(open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC)) {}
  ~OpenFile() {
    if (descriptor_ >= 0) {
      close(descriptor_);
    }
  }
  OpenFile(const OpenFile&) = delete;
  OpenFile& operator=(const OpenFile&) = delete;

  int get() const { return descriptor_; }

 private:
  int descriptor_;
};

/// A reason that says nothing about the file ends the work, or sound files would be thrown away.
FileFault unreadable(const std::string& path, int error) {
  const FileFault fault{path, error == ENOENT
                                  ? "is missing"
                                  : std::string("cannot be read: ") + std::strerror(error)};
  if (error == EMFILE || error == ENFILE || error == ENOMEM) {
    throw UserError(fault.text());
  }
  return fault;
}

/// Hands all bytes to `take`.
std::optional<FileFault> read_whole(const std::string& path,
                                    const std::function<void(const char*, std::size_t)>& take) {
  const OpenFile file(path);
  struct stat status {};
  if (file.get() < 0 || fstat(file.get(), &status) != 0) {
    return unreadable(path, errno);
  }
  if (!S_ISREG(status.st_mode)) {
    return FileFault{path, "is no file"};
  }
  std::vector<char> block(std::size_t{1} << 18);
  while (true) {
    const ssize_t count = read(file.get(), block.data(), block.size());
    if (count == 0) {
      return std::nullopt;
    }
    if (count > 0) {
      take(block.data(), static_cast<std::size_t>(count));
    } else if (errno != EINTR) {
      return unreadable(path, errno);
    }
  }
}

std::optional<FileFault> hash_of_file(const std::string& path, std::string& text) {
  ByteKey key;
  const std::optional<FileFault> fault =
      read_whole(path, [&](const char* bytes, std::size_t count) { key.add(bytes, count); });
  text = key.text();
  return fault;
}

std::string line_of(const std::string& name, const std::string& hash) {
  return hash + "  " + name + "\n";
}

std::string closing_line(const std::string& text) {
  return "# " + ByteKey().add(text.data(), text.size()).text() + "\n";
}

/// A seal as it was read.
struct Seal {
  std::string content;
  std::vector<std::pair<std::string, std::string>> files;  ///< name and hash
};

/// Splits a seal that its last line vouches for.
std::optional<Seal> parse_seal(const std::string& text) {
  const std::size_t closing = kHashDigits + 3;
  if (text.size() < closing ||
      closing_line(text.substr(0, text.size() - closing)) != text.substr(text.size() - closing)) {
    return std::nullopt;
  }
  std::istringstream lines(text.substr(0, text.size() - closing));
  std::string mark;
  std::string content;
  if (!std::getline(lines, mark) || mark != kSealMark || !std::getline(lines, content) ||
      content.rfind("# ", 0) != 0) {
    return std::nullopt;
  }
  Seal seal{content.substr(2), {}};
  for (std::string line; std::getline(lines, line);) {
    if (line.size() < kHashDigits + 3) {
      return std::nullopt;
    }
    seal.files.emplace_back(line.substr(kHashDigits + 2), line.substr(0, kHashDigits));
  }
  return seal;
}

std::optional<FileFault> read_seal(const std::string& path, Seal& seal) {
  std::string text;
  std::optional<FileFault> fault = read_whole(path, [&](const char* bytes, std::size_t count) {
    if (text.size() < kLongestSeal) {
      text.append(bytes, count);
    }
  });
  if (fault) {
    return fault;
  }
  const std::optional<Seal> parsed = parse_seal(text);
  if (!parsed) {
    return FileFault{path, "is damaged: it does not fit its own checksum"};
  }
  seal = *parsed;
  return std::nullopt;
}

std::vector<FileFault> check_files(const std::string& folder, const std::string& seal_name,
                                   const Seal& seal) {
  std::vector<FileFault> faults;
  for (const auto& [name, due] : seal.files) {
    const std::string path = folder + "/" + name;
    std::string found;
    if (const std::optional<FileFault> fault = hash_of_file(path, found)) {
      faults.push_back(*fault);
    } else if (found != due) {
      faults.push_back({path, "is damaged: it does not fit its checksum in " + seal_name});
    }
  }
  return faults;
}

bool names_a_seal(const std::string& name) {
  return std::filesystem::path(name).extension() == ".seal";
}

}  // namespace

void write_seal(const SealedFiles& step) {
  std::string text = fmt::format("{}\n# {}\n", kSealMark, step.content);
  for (const std::string& name : step.files) {
    std::string found;
    if (const std::optional<FileFault> fault = hash_of_file(step.path(name), found)) {
      throw UserError(fault->text());
    }
    text += line_of(name, found);
  }
  write_file(step.path(step.seal), text + closing_line(text));
}

bool is_sealed(const SealedFiles& step) {
  struct stat status {};
  return lstat(step.path(step.seal).c_str(), &status) == 0;
}

std::optional<FileFault> fault_of(const SealedFiles& step) {
  Seal seal;
  const std::string path = step.path(step.seal);
  if (std::optional<FileFault> fault = read_seal(path, seal)) {
    return fault;
  }
  const bool same_files =
      std::equal(seal.files.begin(), seal.files.end(), step.files.begin(), step.files.end(),
                 [](const auto& sealed, const std::string& name) { return sealed.first == name; });
  if (seal.content != step.content || !same_files) {
    return FileFault{path,
                     fmt::format("is of {}; expected that of {}", seal.content, step.content)};
  }
  const std::vector<FileFault> faults = check_files(step.folder, step.seal, seal);
  return faults.empty() ? std::nullopt : std::optional<FileFault>(faults.front());
}

std::vector<FileFault> faults_in(const std::string& folder, const std::string& seal_name) {
  Seal seal;
  if (const std::optional<FileFault> fault = read_seal(folder + "/" + seal_name, seal)) {
    return {*fault};
  }
  return check_files(folder, seal_name, seal);
}

std::optional<FileFault> fault_below(const std::string& folder, const std::string& seal_name) {
  Seal seal;
  if (std::optional<FileFault> fault = read_seal(folder + "/" + seal_name, seal)) {
    return fault;
  }
  const std::vector<FileFault> own = check_files(folder, seal_name, seal);
  if (!own.empty()) {
    return own.front();
  }
  for (const auto& [name, hash] : seal.files) {
    const std::filesystem::path path(folder + "/" + name);
    if (!names_a_seal(name)) {
      continue;
    }
    const std::vector<FileFault> below =
        faults_in(path.parent_path().string(), path.filename().string());
    if (!below.empty()) {
      return below.front();
    }
  }
  return std::nullopt;
}

std::vector<std::string> differences(const SealedFiles& one, const SealedFiles& other) {
  Seal first;
  Seal second;
  for (const auto& [step, seal] : {std::pair(&one, &first), std::pair(&other, &second)}) {
    if (const std::optional<FileFault> fault = read_seal(step->path(step->seal), *seal)) {
      throw UserError(fault->text());
    }
  }
  std::vector<std::string> names;
  for (const auto& [name, hash] : first.files) {
    const auto same = std::find(second.files.begin(), second.files.end(), std::pair(name, hash));
    if (same == second.files.end()) {
      names.push_back(name);
    }
  }
  return names;
}

void discard(const SealedFiles& step) {
  const auto remove = [](const std::string& path) {
    make_room(path);
    if (unlink(path.c_str()) != 0 && errno != ENOENT && errno != ENOTDIR) {
      throw UserError(path + ": cannot remove it: " + std::strerror(errno));
    }
  };
  remove(step.path(step.seal));
  for (const std::string& name : step.files) {
    remove(step.path(name));
  }
}

void make_room(const std::string& path) {
  struct stat status {};
  if (lstat(path.c_str(), &status) != 0 || S_ISREG(status.st_mode)) {
    return;
  }
  if (S_ISDIR(status.st_mode) ? rmdir(path.c_str()) != 0 : unlink(path.c_str()) != 0) {
    throw UserError(
        fmt::format("{}: stands where the evaluation has a file, and cannot be removed: "
                    "{}; expected to be moved away",
                    path, std::strerror(errno)));
  }
}

}  // namespace airnn
