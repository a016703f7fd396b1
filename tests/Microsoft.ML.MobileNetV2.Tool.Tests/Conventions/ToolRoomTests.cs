using ArchUnitNET.Loader;
using Microsoft.ML.MobileNetV2.Tool.Tests.TestUtilities;

namespace Microsoft.ML.MobileNetV2.Tool.Tests.Conventions;

/// <summary>The rooms of the command, and the arrows between them: the drawing in docs/architecture.md.</summary>
[TestClass]
public sealed class ToolRoomTests
{
    private const string Root = "Microsoft.ML.MobileNetV2.Tool";

    private static readonly Dictionary<string, string[]> Drawing = new(StringComparer.Ordinal)
    {
        ["Shell"] = [],
        ["Images"] = ["Shell"],
        ["Models"] = ["Shell"],
        ["Reports"] = [],
        ["Serving"] = ["Shell"],
        ["Commands"] = ["Shell", "Images", "Models", "Reports", "Serving"],
    };

    private static readonly (string Origin, string Target)[] Uses = [.. new ArchLoader().LoadAssemblies(typeof(CommandLineTool).Assembly).Build().Types
        .SelectMany(type => type.Dependencies, (type, dependency) => (RoomOf(type.FullName), RoomOf(dependency.Target.FullName)))
        .Where(pair => pair is { Item1: not null, Item2: not null } && pair.Item1 != pair.Item2)
        .Select(pair => (pair.Item1!, pair.Item2!))
        .Distinct()];

    [TestMethod]
    public void Rooms_UseWhatTheDrawingHas()
    {
        string[] drawn = [.. Drawing.SelectMany(room => room.Value, (room, target) => $"{room.Key} uses {target}").Order(StringComparer.Ordinal)];

        Assert.AreSequenceEqual(drawn, Uses.Select(pair => $"{pair.Origin} uses {pair.Target}").Order(StringComparer.Ordinal));
    }

    [TestMethod]
    public void Drawing_HasEveryFolder()
    {
        string[] folders = [.. Directory.EnumerateDirectories(Repository.PathOf("src", Root))
            .Select(folder => Path.GetFileName(folder))
            .Where(folder => folder is not ("bin" or "obj"))
            .Order(StringComparer.Ordinal)];

        Assert.AreSequenceEqual(Drawing.Keys.Order(StringComparer.Ordinal), folders);
    }

    [TestMethod]
    public void Drawing_NamesRoomsFromTheBottomUp()
    {
        List<string> below = [];
        foreach ((string room, string[] targets) in Drawing)
        {
            Assert.IsEmpty(targets.Except(below), room);
            below.Add(room);
        }
    }

    private static string? RoomOf(string name)
    {
        string[] parts = name.Split('.', '+', '/', '<', '[');
        int rootLength = Root.Count(character => character == '.') + 1;
        return name.StartsWith($"{Root}.", StringComparison.Ordinal) && parts.Length > rootLength + 1 ? parts[rootLength] : null;
    }
}
