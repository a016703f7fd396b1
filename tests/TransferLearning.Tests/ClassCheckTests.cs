namespace TransferLearning.Tests;

[TestClass]
public sealed class ClassCheckTests
{
    [TestMethod]
    [DataRow("cat", "cat cat", "The folder 'images' has only one class, 'cat'; expected one sub-folder a class, such as '")]
    [DataRow("cat dog", "cat cat dog", "The class 'dog' in 'images' has only 1 image that can be read; each class needs at least 2.")]
    [DataRow("cat dog", "cat cat", "The class 'dog' in 'images' has no image that can be read; each class needs at least 2.")]
    public void Require_TooFew_SaysWhatIsMissing(string names, string labels, string expected)
    {
        UsageException error = Assert.ThrowsExactly<UsageException>(() => ClassCheck.Require("images", names.Split(' '), labels.Split(' ')));

        Assert.StartsWith(expected, error.Message);
    }

    [TestMethod]
    public void Require_Enough_Passes() => ClassCheck.Require("images", ["cat", "dog"], ["cat", "dog", "cat", "dog"]);
}
