// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace airnn {

/// Files that belong together, and the seal that vouches for them: a file of its own with the name
/// of each and the XXH3 of its bytes, which is written when all of them are complete
/// (docs/evaluation.md).
struct SealedFiles {
  std::string folder;
  std::string seal;                ///< a name in `folder`, as those of the files
  std::vector<std::string> files;  ///< in the order of the seal
  std::string content;             ///< one line: what they hold, and who made it

  std::string path(const std::string& name) const { return folder + "/" + name; }
};

/// What is wrong with a file.
struct FileFault {
  std::string path;
  std::string why;

  std::string text() const { return path + ": " + why; }
};

/// What the first line of every seal is.
inline constexpr const char* kSealMark = "# airnn-seal-1";

/// Seals the files as they are. Throws UserError if one cannot be read or the seal not be written.
void write_seal(const SealedFiles& step);

/// There is a seal; whether it holds is another question.
bool is_sealed(const SealedFiles& step);

/// The first fault of a step: a seal that is missing, damaged or another's, or a file that is not
/// what was sealed. Throws UserError only if the system is out of means to look.
std::optional<FileFault> fault_of(const SealedFiles& step);

/// All faults of what a folder's seal names, whoever made it.
std::vector<FileFault> faults_in(const std::string& folder, const std::string& seal);
/// The first of them; where the seal names other seals, of their files, too.
std::optional<FileFault> fault_below(const std::string& folder, const std::string& seal);

/// Names of the files whose bytes differ, by two seals of the same step that hold.
std::vector<std::string> differences(const SealedFiles& one, const SealedFiles& other);

/// Removes seal and files, the seal first. Links are removed, not what they lead to. Throws
/// UserError if a folder with something in it stands in the place of a file.
void discard(const SealedFiles& step);

/// Makes room for a file: removes an empty folder, a pipe or a link of that name. Throws UserError
/// if a folder has something in it.
void make_room(const std::string& path);

}  // namespace airnn
