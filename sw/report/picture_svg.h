// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "sw/report/report.h"

namespace airnn {

/// A picture as an element of HTML. Each link is an arrow, the wider and darker the busier it is,
/// with its share beside it and its name and numbers where the pointer is. The darkest is the
/// busiest.
std::string picture_svg(const ReportPicture& picture);

}  // namespace airnn
