using System.Text.RegularExpressions;
using Microsoft.ML.MobileNetV2.Tests.TestUtilities;

namespace Microsoft.ML.MobileNetV2.Tests.Conventions;

/// <summary>The rooms of the library: which may know which, and how large a file may be.</summary>
[TestClass]
public sealed partial class RoomTests
{
    private const int MostLines = 300;
    private const string GeneratedFile = "Onnx.cs";

    /// <summary>For each room the rooms below it that it may use.</summary>
    private static readonly Dictionary<string, string[]> Rooms = new(StringComparer.Ordinal)
    {
        ["Architecture"] = [],
        ["Numerics"] = [],
        ["OnnxFormat"] = [],
        ["Imaging"] = ["Architecture", "Numerics"],
        ["Weights"] = ["Architecture", "Imaging", "OnnxFormat"],
        ["Heads"] = ["Numerics"],
        ["Network"] = ["Heads", "Weights"],
        ["Onnx"] = ["Architecture", "Heads", "Imaging", "Inference", "Network", "OnnxFormat", "Weights"],
        ["Models"] = ["Heads", "Imaging", "Inference", "Network", "Onnx", "OnnxFormat", "Transforms", "Weights"],
        ["OnnxRuntime"] = ["Network", "Onnx"],
        ["Inference"] = ["Architecture", "Imaging", "Network", "OnnxRuntime", "Transforms", "Weights"],
        ["Classification"] = ["Imaging", "Inference", "Models", "Network", "Onnx", "Transforms"],
        ["Training"] = ["HeadTraining", "Heads", "Numerics"],
        ["Caching"] = ["Imaging", "Inference", "Onnx"],
        ["HeadTraining"] = ["Heads", "Numerics", "Training"],
        ["Transforms"] = ["Caching", "HeadTraining", "Heads", "Imaging", "Inference", "Models", "Network", "Numerics", "Onnx", "OnnxFormat", "Training", "Weights"],
    };

    [TestMethod]
    public void Rooms_UseOnlyTheRoomsBelowThem()
    {
        (string Room, string Path, string Code)[] files = [.. ReadSources()];
        Dictionary<string, string> roomOfType = files
            .SelectMany(file => Declaration().Matches(file.Code).Select(match => (Type: match.Groups[1].Value, file.Room)))
            .DistinctBy(pair => pair.Type)
            .ToDictionary(pair => pair.Type, pair => pair.Room);

        string[] violations = [.. from file in files
                                  from type in Word().Matches(file.Code).Select(match => match.Value).Distinct()
                                  where roomOfType.TryGetValue(type, out string? room) && room != file.Room && !Rooms[file.Room].Contains(room)
                                  select $"{file.Path} uses {type} of {roomOfType[type]}"];

        Assert.IsGreaterThan(100, roomOfType.Count, "types that were found");
        Assert.IsEmpty(violations, string.Join(Environment.NewLine, violations));
    }

    [TestMethod]
    public void Files_AreShort()
    {
        string[] tooLong = [.. Directory.EnumerateFiles(Repository.PathOf("src"), "*.cs", SearchOption.AllDirectories)
            .Where(path => !path.EndsWith(GeneratedFile, StringComparison.Ordinal) && File.ReadLines(path).Count() > MostLines)];

        Assert.IsEmpty(tooLong, string.Join(Environment.NewLine, tooLong));
    }

    [TestMethod]
    public void PublicTypes_AreSealedStaticOrAbstract()
    {
        Type[] open = [.. typeof(MobileNetV2Weights).Assembly.GetExportedTypes().Where(type => type is { IsClass: true, IsSealed: false, IsAbstract: false })];

        Assert.IsEmpty(open, string.Join(", ", open.Select(type => type.Name)));
    }

    private static IEnumerable<(string Room, string Path, string Code)> ReadSources()
    {
        string root = Repository.PathOf("src", "Microsoft.ML.MobileNetV2");
        foreach (string path in Directory.EnumerateFiles(root, "*.cs", SearchOption.AllDirectories))
        {
            string relative = Path.GetRelativePath(root, path);
            string room = relative.Split(Path.DirectorySeparatorChar)[0];
            if (room != relative)
            {
                Assert.IsTrue(Rooms.ContainsKey(room), $"{room} is a new room: say in this test what it may use");
                yield return (room, relative, CommentOrText().Replace(File.ReadAllText(path), string.Empty));
            }
        }
    }

    [GeneratedRegex(@"//[^\n]*|""(?:[^""\\\n]|\\.)*""")]
    private static partial Regex CommentOrText();

    [GeneratedRegex(@"\b(?:class|record(?: struct)?|struct|enum|interface) (\w+)")]
    private static partial Regex Declaration();

    [GeneratedRegex(@"\b[A-Z]\w+")]
    private static partial Regex Word();
}
