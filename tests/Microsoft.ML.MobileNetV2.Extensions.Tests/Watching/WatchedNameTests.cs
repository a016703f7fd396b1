using Microsoft.ML.MobileNetV2.Tests.TestUtilities;
using Microsoft.ML.MobileNetV2.Watching;

namespace Microsoft.ML.MobileNetV2.Extensions.Tests.Watching;

/// <summary>What has to be watched, by folder and name, for a path to be watched.</summary>
[TestClass]
public sealed class WatchedNameTests
{
    [TestMethod]
    public void On_PlainFile_IsTheFile() => AssertNames([], "1/model.zip", "1:model.zip");

    [TestMethod]
    public void On_MissingFolder_IsWhereItWouldBe() => AssertNames([], "1/no/model.zip", "1:no");

    [TestMethod]
    [OSCondition(ConditionMode.Exclude, OperatingSystems.Windows, IgnoreMessage = "Links need a right there.")]
    [DataRow("model.zip", "model.zip=>1/model.zip", ":model.zip 1:model.zip", DisplayName = "a link to a file")]
    [DataRow("current/model.zip", "current=>1", ":current 1:model.zip", DisplayName = "a link to a folder")]
    [DataRow("model.zip", "..data=>1 model.zip=>..data/model.zip", ":model.zip :..data 1:model.zip", DisplayName = "a ConfigMap")]
    [DataRow("1/up.zip", "1/up.zip=>../1/model.zip", "1:up.zip 1:model.zip", DisplayName = "a link up and down")]
    [DataRow("model.zip", "model.zip=>{0}/1/model.zip", ":model.zip 1:model.zip", DisplayName = "an absolute link")]
    [DataRow("model.zip", "model.zip=>no.zip", ":model.zip :no.zip", DisplayName = "a link to nothing")]
    public void On_Links_AreWatchedWithTheirTargets(string path, string links, string expected) => AssertNames(links.Split(' '), path, expected);

    [TestMethod]
    [OSCondition(ConditionMode.Exclude, OperatingSystems.Windows, IgnoreMessage = "Links need a right there.")]
    public void On_LinkToItself_Ends()
    {
        using TemporaryFolder folder = new();
        File.CreateSymbolicLink(folder.PathOf("model.zip"), "model.zip");

        Assert.AreEqual(new WatchedName(folder.Path, "model.zip"), WatchedName.On(folder.PathOf("model.zip")).Distinct().Single());
    }

    private static void AssertNames(string[] links, string path, string expected)
    {
        using TemporaryFolder folder = new();
        folder.Write("1/model.zip", "first"u8);
        foreach (string[] link in links.Select(link => link.Split("=>")))
        {
            File.CreateSymbolicLink(folder.PathOf(link[0].Split('/')), link[1].Replace("{0}", folder.Path, StringComparison.Ordinal));
        }

        IReadOnlyList<WatchedName> names = WatchedName.On(folder.PathOf(path.Split('/')));

        // Links above the folder of the test belong to the machine.
        Assert.AreEqual(expected, string.Join(' ', names.SkipWhile(name => !name.Folder.StartsWith(folder.Path, StringComparison.Ordinal))
            .Select(name => $"{Path.GetRelativePath(folder.Path, name.Folder).Trim('.')}:{name.Name}")));
    }
}
