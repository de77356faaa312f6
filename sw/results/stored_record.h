// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "sw/format/memory_image.h"
#include "sw/results/record_codec.h"
#include "sw/results/run_record.h"

namespace airnn {

/// What was kept in a file and may have been altered by anybody since: refused with `origin` in the
/// message (UserError) unless it has the form of what was kept of a run of this image over 1 to
/// `most_inputs` inputs. Whether its numbers are true nobody can tell.
RunRecord stored_record(const std::vector<std::uint8_t>& bytes, const std::string& origin,
                        const MemoryImage& image, std::size_t most_inputs);

/// The same for predictions of all iterations for exactly `inputs` inputs.
Predictions stored_predictions(const std::vector<std::uint8_t>& bytes, const std::string& origin,
                               const MemoryImage& image, std::size_t inputs);

/// Appends the record of the inputs behind those of `record`. Refuses it like stored_record()
/// unless both are of a machine with the same units that counts the same.
void append_stored(RunRecord& record, const RunRecord& next, const std::string& origin);

}  // namespace airnn
