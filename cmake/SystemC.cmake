# Target airnn::systemc. Debian ships pkg-config files for SystemC and no CMake package; other builds ship the
# latter. Installed with the project's own package, whose users need it too.
find_package(PkgConfig REQUIRED)
pkg_check_modules(SYSTEMC QUIET IMPORTED_TARGET systemc)
add_library(airnn_systemc INTERFACE IMPORTED)
if(SYSTEMC_FOUND)
  target_link_libraries(airnn_systemc INTERFACE PkgConfig::SYSTEMC)
else()
  find_package(SystemCLanguage CONFIG REQUIRED)
  target_link_libraries(airnn_systemc INTERFACE SystemC::systemc)
endif()
# SystemC 3 no longer needs SC_HAS_PROCESS, and warns of it; SystemC 2 does need it.
target_compile_definitions(airnn_systemc INTERFACE SC_ALLOW_DEPRECATED_IEEE_API)
add_library(airnn::systemc ALIAS airnn_systemc)
