namespace Microsoft.ML.MobileNetV2.Tests.TestUtilities;

/// <summary>Is a folder that is deleted with all it holds.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    internal string Path { get; } = Directory.CreateTempSubdirectory("mobilenetv2-tests-").FullName;

    internal string PathOf(params string[] parts) => System.IO.Path.Combine([Path, .. parts]);

    internal string[] FileNames() => [.. Directory.GetFiles(Path).Select(path => System.IO.Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    internal string Write(string name, ReadOnlySpan<byte> content)
    {
        string path = PathOf(name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, content);
        return path;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
