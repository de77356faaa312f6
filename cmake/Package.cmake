# Packages of Debian: `cpack` in a build folder, or scripts/package.
set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME airnn)
set(CPACK_PACKAGE_VENDOR "AirNN simulator")
set(CPACK_PACKAGE_CONTACT "The AirNN simulator's developers <airnn@localhost>")
set(CPACK_PACKAGE_VERSION ${PROJECT_VERSION})
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_COMPONENTS_ALL program development)
set(CPACK_STRIP_FILES ON)
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION science)
set(CPACK_DEBIAN_PROGRAM_PACKAGE_NAME airnn)
set(CPACK_DEBIAN_PROGRAM_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PROGRAM_DESCRIPTION "Cycle-accurate simulator of a CNN accelerator
 The accelerator of AirNN fetches its weights cluster by cluster and stops as soon as the classification
 is certain. The program compiles networks (ONNX) to memory images, simulates them in SystemC, and reports
 cycles, memory traffic and energy. Models and configurations are included.")
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_NAME airnn-dev)
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_SECTION libdevel)
# What find_package(airnn) looks for, and what a platform of one's own is built with.
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_DEPENDS "libsystemc-dev, libisal-dev, pkg-config, g++ | c++-compiler")
set(CPACK_DEBIAN_DEVELOPMENT_DESCRIPTION "Units of the AirNN simulator as a library
 Headers, static libraries and the CMake package of the units of a CNN accelerator in SystemC/TLM-2.0, to be
 bound into another platform.")
include(CPack)
