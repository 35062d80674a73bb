package io.memlink.value.suite;

final class LibraryValues {

	private LibraryValues() {
	}

	static void addTo(ValueCase.Kind values) {
	}

}
