// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "sw/compiler/compile_report.h"
#include "sw/compiler/compile_request.h"
#include "sw/format/memory_image.h"

namespace airnn {

/// An image that was just compiled, and how.
struct CompiledImage {
  CompileOptions options;
  CompileReport report;
  MemoryImage image;
};

/// Compiles the model of a file. `check` is called once the model is known to be sound, before the
/// long work; `checkpoint` again and again during it. Throws UserError for whatever the user can
/// put right, and what those throw.
CompiledImage compile_image(const CompileRequest& request, const std::string& model_path,
                            int threads, const std::function<void()>& check = {},
                            const Checkpoint& checkpoint = {});

/// The layers get the tables of the multipliers that the image is for.
void set_product_tables(const CompileRequest& request, Network& network);

/// The layers get the sizes of the associative memories that the image will be for.
void set_match_rows(const CompileRequest& request, Network& network);

/// The layers know whether their weights will be lines. Throws UserError that begins with
/// --line-layers.
void set_lines(const CompileRequest& request, Network& network);

/// The files that are read, whose content decides what an image contains, too.
std::vector<std::string> source_files(const CompileRequest& request, const std::string& model_path);

}  // namespace airnn
