// SPDX-License-Identifier: Apache-2.0
#include "sw/evaluate/folder_entries.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <system_error>

#include "sw/evaluate/evaluation_layout.h"
#include "sw/results/run_files.h"

namespace airnn {

namespace fs = std::filesystem;

namespace {

constexpr const char* kPartial = ".partial.";
constexpr const char* kRecords = ".records";
constexpr const char* kPredictions = ".predictions";
constexpr std::array<const char*, 5> kWholeFiles = {"plan.json", "failures.json", "evaluation.json",
                                                    "points.csv", EvaluationLayout::kSeal};

bool is_digits(const std::string& text) {
  constexpr std::size_t kMostDigits = 18;  // of a number that fits
  return !text.empty() && text.size() <= kMostDigits &&
         text.find_first_not_of("0123456789") == std::string::npos;
}

/// The name of a step's file: a key, and what it is.
bool is_step_name(const std::string& name) {
  constexpr std::size_t kKeyDigits = 32;
  return name.size() > kKeyDigits && name.find_first_not_of("0123456789abcdef") == kKeyDigits;
}

/// The name of a folder of scraps: one key, or two.
bool is_scrap_folder(const std::string& name) {
  return !name.empty() && name.find_first_not_of("0123456789abcdef-") == std::string::npos;
}

bool is_our_name(const std::string& name) {
  return is_step_name(name) || is_scrap_name(fs::path(name).stem()) || is_scrap_name(name) ||
         std::find(kWholeFiles.begin(), kWholeFiles.end(), name) != kWholeFiles.end() ||
         std::find(kRunFileNames.begin(), kRunFileNames.end(), name) != kRunFileNames.end() ||
         name == EvaluationLayout::kRunSeal;
}

}  // namespace

bool is_scrap_name(const std::string& name) {
  const std::size_t dash = name.find('-');
  const std::size_t dot = name.find('.');
  return dash != std::string::npos && dot != std::string::npos && dash < dot &&
         is_digits(name.substr(0, dash)) && is_digits(name.substr(dash + 1, dot - dash - 1)) &&
         (name.substr(dot) == kRecords || name.substr(dot) == kPredictions);
}

bool is_partial(const fs::path& file) {
  const std::string name = file.filename().string();
  const std::size_t at = name.rfind(kPartial);
  const std::size_t dash = name.rfind('-');
  return at != std::string::npos && dash != std::string::npos && dash > at &&
         is_digits(name.substr(dash + 1)) && is_our_name(name.substr(0, at));
}

std::vector<fs::path> entries(const fs::path& folder) {
  std::vector<fs::path> paths;
  std::error_code error;
  for (fs::directory_iterator it(folder, error), end; !error && it != end; it.increment(error)) {
    paths.push_back(it->path());
  }
  std::sort(paths.begin(), paths.end());
  return paths;
}

std::vector<fs::path> entries_below(const fs::path& folder) {
  std::vector<fs::path> paths;
  for (const fs::path& shelf : entries(folder)) {
    const std::vector<fs::path> own = entries(shelf);
    paths.insert(paths.end(), own.begin(), own.end());
  }
  return paths;
}

void remove_partial_in(const fs::path& folder) {
  std::error_code error;
  for (const fs::path& path : entries(folder)) {
    if (is_partial(path)) {
      fs::remove(path, error);  // whatever became of it; a folder only if it is empty
    }
  }
}

std::vector<fs::path> scrap_folders(const fs::path& evaluation) {
  std::vector<fs::path> folders = entries_below(evaluation / EvaluationLayout::kScraps);
  folders.erase(std::remove_if(folders.begin(), folders.end(),
                               [](const fs::path& folder) {
                                 return !is_scrap_folder(folder.filename().string());
                               }),
                folders.end());
  return folders;
}

std::vector<fs::path> scrap_files(const fs::path& evaluation) {
  std::vector<fs::path> files;
  for (const fs::path& folder : scrap_folders(evaluation)) {
    for (const fs::path& file : entries(folder)) {
      files.push_back(file);
    }
  }
  return files;
}

}  // namespace airnn
