// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace airnn {

// Files that the build puts into the program (airnn_embed in cmake/Embed.cmake), so that it needs
// none beside it and the page none at all.

std::string_view embedded_page_html();
std::string_view embedded_page_css();
std::string_view embedded_page_js();
/// Chart.js as the distribution packages it.
std::string_view embedded_chart_js();

}  // namespace airnn
