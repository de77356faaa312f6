// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "sw/compiler/compile_options.h"
#include "sw/format/network.h"
#include "sw/model/model.h"

namespace airnn {

/// The compiler's first stage: the network with complete preprocessing, all number formats
/// (formats.h), and for every layer how many of its weights are stored and how many are zero in its
/// format. Throws ModelError where no format fits.
Network formatted_network(const Model& model, const CompileOptions& options);

}  // namespace airnn
