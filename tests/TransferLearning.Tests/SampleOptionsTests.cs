namespace TransferLearning.Tests;

[TestClass]
public sealed class SampleOptionsTests
{
    [TestMethod]
    public void Parse_Nothing_DrawsImagesAndUsesTheBundledWeights() =>
        Assert.AreEqual(new SampleOptions(null, null, "model.zip", IsHelpWanted: false), SampleOptions.Parse([]));

    [TestMethod]
    public void Parse_Everything_InAnyOrder() => Assert.AreEqual(
        new SampleOptions("images", "w.safetensors", "m.zip", IsHelpWanted: true),
        SampleOptions.Parse(["--output", "m.zip", "images", "--help", "--weights", "w.safetensors"]));

    [TestMethod]
    [DataRow("--wieghts", "There is no option '--wieghts'; --help lists all.")]
    [DataRow("--weights", "A path is expected behind '--weights'.")]
    [DataRow("--output --weights w", "A path is expected behind '--output'.")]
    [DataRow("--draw", "A path is expected behind '--draw'.")]
    [DataRow("--draw drawn images", "Images are drawn, or those in 'images' are used, but not both.")]
    [DataRow("a b", "One folder of images is expected, but a second one is given: 'b'.")]
    public void Parse_NotUnderstood_SaysWhat(string arguments, string expected)
    {
        UsageException error = Assert.ThrowsExactly<UsageException>(() => SampleOptions.Parse(arguments.Split(' ')));

        Assert.AreEqual(expected, error.Message);
    }
}
