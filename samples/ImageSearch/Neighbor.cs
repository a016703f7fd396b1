namespace ImageSearch;

/// <summary>Represents an image that was found.</summary>
/// <param name="Path">The full path.</param>
/// <param name="Distance">The cosine distance of the features: 0 for the same image, up to 1.</param>
internal readonly record struct Neighbor(string Path, float Distance);

/// <summary>Represents two images that are almost the same.</summary>
/// <param name="First">The path that comes first.</param>
/// <param name="Second">The other path.</param>
/// <param name="Distance">The cosine distance of the features.</param>
internal readonly record struct ImagePair(string First, string Second, float Distance);
