// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "testbenches/fuzz/reader_fuzz.h"
#include "testbenches/fuzz/small_run.h"

namespace airnn::test {

/// Pieces of runs that an evaluation kept for itself: records and predictions.
void add_stored_parts(std::vector<FuzzedReader>& readers, const SmallRun& run);

/// Files of an evaluation's folder, whose seals are made right again: plan, failures, reports of
/// images, results of runs and the document, as `airnn merge` and `airnn report` read them; and
/// seals themselves. `folder` is where the fuzzed files are going to lie.
void add_evaluations(std::vector<FuzzedReader>& readers, const SmallRun& run,
                     const std::string& folder);

}  // namespace airnn::test
